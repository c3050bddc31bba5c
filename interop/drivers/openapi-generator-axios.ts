// Signs in, makes a room and a link, opens the link, revokes it, removes the room and signs out, with the client that OpenAPI Generator made for typescript-axios, at the portal of
// interop/portal.yaml. The official SDK for TypeScript comes from that generator, and is not on npm.
import assert from 'node:assert/strict';
import { isAxiosError } from 'axios';
import {
  Configuration, ExternalShareStatus, ExternalSharingApi, FileShare, LinkType, RoomType, ShareLinksApi, SignInApi, SubjectType,
} from './client/index.js';

const basePath = process.env['DOCSPACE_URL']!;
const documented = process.env['PROFILE'] === 'documented';

async function signIn(userName: string, password: string) {
  const accessToken = (await new SignInApi(new Configuration({ basePath })).authenticateMe({ userName, password })).data.response!.token!;
  return new Configuration({ basePath, accessToken });
}
async function refused(status: number, call: Promise<unknown>) {
  await assert.rejects(call, (error) => isAxiosError(error) && error.response?.status === status);
}

const session = await signIn('owner@example.com', 'Owner-pass-1');
const owner = new ShareLinksApi(session);
const me = (await new SignInApi(session).getSelfProfile()).data.response!;
assert.deepEqual([me.email, me.isOwner, me.isVisitor], ['owner@example.com', true, false]);
await refused(401, signIn('owner@example.com', 'wrong'));

const room = (await owner.createRoom({ title: 'Customers', roomType: RoomType.CustomRoom })).data.response!;
assert.deepEqual([room.title, room.roomType, room.inRoom], ['Customers', RoomType.CustomRoom, true]);
assert.equal((await owner.getRoomInfo(room.id!)).data.response!.title, 'Customers');
assert((await owner.getRoomsFolder()).data.response!.folders!.some(({ id }) => id === room.id));
await refused(403, new ShareLinksApi(await signIn('user@example.com', 'User-pass-1'))
  .createRoom({ title: 'Mine', roomType: RoomType.CustomRoom }));

const expirationDate = new Date(Date.now() + 7 * 24 * 3600 * 1000).toISOString();
const made = (await owner.setRoomLink(room.id!, {
  linkType: LinkType.External, access: FileShare.Read, title: 'For customers', password: 'Secret123!', expirationDate,
})).data.response!;
const link = made.sharedLink!;
assert.deepEqual([made.subjectType, link.title, link.isExpired], [SubjectType.ExternalLink, 'For customers', false]);
assert.equal(link.password, documented ? undefined : 'Secret123!');
assert.equal(new Date(link.expirationDate!).toISOString(), expirationDate);
async function listed() {
  return (await owner.getRoomLinks(room.id!, LinkType.External)).data.response!.map(({ sharedLink }) => sharedLink!.id);
}
assert.deepEqual(await listed(), [link.id]);

const key = link.requestToken!;
function visitor(...cookies: string[]) {
  return new Configuration({ basePath, baseOptions: { headers: { 'Request-Token': key, Cookie: cookies.join('; ') } } });
}
async function status() {
  return (await new ShareLinksApi(visitor()).getExternalShareData(key)).data.response!.status;
}
assert.equal(await status(), ExternalShareStatus.RequiredPassword);
await refused(403, new ShareLinksApi(visitor()).getFolderByFolderId(room.id!));
const unlocked = await new ExternalSharingApi(visitor()).applyExternalSharePassword(key, { password: 'Secret123!' });
assert.equal(unlocked.data.response!.status, ExternalShareStatus.Ok);
const inside = new ShareLinksApi(visitor(...unlocked.headers['set-cookie']!.map((cookie) => cookie.split(';')[0]!)));
const content = (await inside.getFolderByFolderId(room.id!)).data.response!;
assert.deepEqual([content.current!.title, content.current!.external, content.total], ['Customers', true, 0]);

const changed = (await owner.setRoomLink(room.id!, { linkId: link.id!, linkType: LinkType.External, access: FileShare.Read })).data.response!;
assert.deepEqual([changed.sharedLink!.id, changed.sharedLink!.password], [link.id, undefined]);
assert.equal(await status(), ExternalShareStatus.Ok);
const revoked = await owner.setRoomLink(room.id!, { linkId: link.id!, linkType: LinkType.External, access: FileShare.NoAccess });
assert.equal(revoked.data.response, undefined);
assert.deepEqual(await listed(), []);
assert.equal(await status(), ExternalShareStatus.Invalid);
await refused(403, inside.getFolderByFolderId(room.id!));
await owner.deleteRoom(room.id!, { deleteAfter: false });
await refused(404, owner.getRoomInfo(room.id!));

const cookie = `asc_auth_key=${encodeURIComponent(session.accessToken as string)}`; // signing out ends the session of a cookie
await new SignInApi(new Configuration({ basePath, baseOptions: { headers: { Cookie: cookie } } })).logout();
assert.equal((await new SignInApi(session).getIsAuthentificated()).data.response, false);
await refused(401, owner.getRoomsFolder());
console.log('Made and revoked a link');
