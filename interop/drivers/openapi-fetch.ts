// Makes the four calls with openapi-fetch and the types that openapi-typescript made, at the portal of interop/portal.yaml.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import { DateToAutoCleanUp, ExternalShareStatus, FileShare, SortedByType, type paths } from './schema.js';

const baseUrl = process.env['DOCSPACE_URL']!;
const visitor = createClient<paths>({ baseUrl });
const owner = createClient<paths>({ baseUrl, headers: { Authorization: 'Bearer owner-token' } });
const on = { body: { set: true } };
const off = { body: { set: false } };
const external = '/api/2.0/files/settings/external';
const social = '/api/2.0/files/settings/externalsocialmedia';

async function read(fields?: string[]) {
  return (await owner.GET('/api/2.0/files/settings', fields && { params: { query: { fields } } })).data!.response;
}

const settings = await read();
assert(settings.extsConvertible!['.docx']!.includes('.pdf'));
assert.equal(settings.internalFormats!['Document'], '.docx');
assert.equal(settings.chunkUploadSize, 10 << 20);
assert.deepEqual(settings.defaultSharingAccessRights, [FileShare.Read]);
assert.equal(settings.automaticallyCleanUp!.gap, DateToAutoCleanUp.ThirtyDays);
assert.deepEqual([FileShare.NoAccess, DateToAutoCleanUp.NotSet], [0, 0]);

assert.deepEqual(settings.defaultOrder, { is_asc: false, property: SortedByType.DateAndTime });
assert.deepEqual((await read(['defaultOrder'])).defaultOrder, { isAsc: false, sortedBy: 0 });

async function flags() {
  const { externalShare, externalShareSocialMedia } = await read();
  return [externalShare, externalShareSocialMedia];
}
assert.deepEqual(await flags(), [true, true]);
assert.equal((await owner.PUT(external, off)).data!.response, false);
assert.deepEqual(await flags(), [false, false]);
assert.equal((await owner.PUT(social, on)).data!.response, false);
assert.equal((await owner.PUT(external, on)).data!.response, true);
assert.equal((await owner.PUT(social, on)).data!.response, true);
assert.deepEqual(await flags(), [true, true]);
assert.equal((await visitor.PUT(external, off)).response.status, 401);

async function apply(password: string) {
  const call = { params: { path: { key: 'protected' } }, body: { password } };
  return (await visitor.POST('/api/2.0/files/share/{key}/password', call)).data!.response;
}
assert.equal((await apply('wrong')).status, ExternalShareStatus.InvalidPassword);
const share = await apply('Secret123!');
assert.deepEqual([share.status, share.title, share.isRoom], [ExternalShareStatus.Ok, 'Marketing', true]);
console.log('Made the four calls');
