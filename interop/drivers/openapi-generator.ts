// Makes the four calls with the client that OpenAPI Generator made for typescript-fetch, at the portal of interop/portal.yaml.
import assert from 'node:assert/strict';
import {
  Configuration, DateToAutoCleanUp, ExternalShareStatus, FileShare, ExternalSharingApi, ResponseError,
  SortedByType,
} from './client/index.js';

const basePath = process.env['DOCSPACE_URL']!;
const visitor = new Configuration({ basePath });
const owner = new ExternalSharingApi(new Configuration({ basePath, accessToken: 'owner-token' }));
const on = { displayRequestDto: { set: true } };
const off = { displayRequestDto: { set: false } };

const settings = (await owner.getFilesSettings()).response;
assert(settings.extsConvertible!['.docx']!.includes('.pdf'));
assert.equal(settings.internalFormats!['Document'], '.docx');
assert.equal(settings.chunkUploadSize, 10 << 20);
assert.deepEqual(settings.defaultSharingAccessRights, [FileShare.Read]);
assert.equal(settings.automaticallyCleanUp!.gap, DateToAutoCleanUp.ThirtyDays);
assert.deepEqual([FileShare.NoAccess, DateToAutoCleanUp.NotSet], [0, 0]);

assert.equal(settings.defaultOrder!.isAsc, false);
assert.equal(settings.defaultOrder!.property, SortedByType.DateAndTime);
const picked = (await owner.getFilesSettings({ fields: ['defaultOrder'] })).response.defaultOrder!;
assert.equal(picked['sortedBy'], 0); // isAsc is its name for is_asc, which was not sent

async function flags() {
  const { externalShare, externalShareSocialMedia } = (await owner.getFilesSettings()).response;
  return [externalShare, externalShareSocialMedia];
}
assert.deepEqual(await flags(), [true, true]);
assert.equal((await owner.externalShare(off)).response, false);
assert.deepEqual(await flags(), [false, false]);
assert.equal((await owner.externalShareSocialMedia(on)).response, false);
assert.equal((await owner.externalShare(on)).response, true);
assert.equal((await owner.externalShareSocialMedia(on)).response, true);
assert.deepEqual(await flags(), [true, true]);
await assert.rejects(new ExternalSharingApi(visitor).externalShare(off),
  (error) => error instanceof ResponseError && error.response.status === 401);

async function apply(password: string) {
  const call = { key: 'protected', externalShareRequestParam: { password } };
  return (await new ExternalSharingApi(visitor).applyExternalSharePassword(call)).response;
}
assert.equal((await apply('wrong')).status, ExternalShareStatus.InvalidPassword);
const share = await apply('Secret123!');
assert.deepEqual([share.status, share.title, share.isRoom], [ExternalShareStatus.Ok, 'Marketing', true]);
console.log('Made the four calls');
