// Makes the four calls with newman and the collection that openapi-to-postmanv2 made, at the portal of interop/portal.yaml.
const assert = require('node:assert/strict');
const newman = require('newman');

const collection = require(require('node:path').resolve('collection.json'));
const calls = collection.item.flatMap(function inside(item) { return item.item?.flatMap(inside) ?? item; });
const requests = calls.map(({ request }) => `${request.method} /${request.url.path.join('/')}`);
const SETTINGS = 'GET /api/2.0/files/settings';
const EXTERNAL = 'PUT /api/2.0/files/settings/external';
const SOCIAL = 'PUT /api/2.0/files/settings/externalsocialmedia';
const PASSWORD = 'POST /api/2.0/files/share/:key/password';
for (const call of [SETTINGS, EXTERNAL, SOCIAL, PASSWORD]) assert.equal(requests.filter((request) => request === call).length, 1, call);

// step is one of the calls as it was imported, with what a person fills in, and with a test.
function step(name, change, test) {
  const { request } = structuredClone(calls[requests.indexOf(name)]);
  assert.equal(request.auth?.type, 'bearer', name + ' is imported with credentials');
  change(request);
  return { name, request, event: [{ listen: 'test', script: { exec: `pm.test(${JSON.stringify(test)}, () => { ${test} })` } }] };
}
const read = (test) => step(SETTINGS, ({ url }) => { url.query = []; }, 'const {response} = pm.response.json(); ' + test);
const put = (name, set, want) => step(name, ({ body }) => { body.raw = JSON.stringify({ set }); },
  `pm.response.to.have.status(200); pm.expect(pm.response.json().response).to.equal(${want})`);
const flags = (external, social) => read(`pm.expect([response.externalShare, response.externalShareSocialMedia]).to.eql([${external}, ${social}])`);
const apply = (password, want) => step(PASSWORD, (request) => {
  request.auth = { type: 'noauth' };
  request.url.variable[0].value = 'protected';
  request.body.raw = JSON.stringify({ password });
}, `pm.expect(pm.response.json().response).to.include(${JSON.stringify(want)})`);

collection.item = [
  read('pm.expect(response.extsConvertible[".docx"]).to.include(".pdf"); pm.expect(response.defaultOrder).to.eql({is_asc: false, property: 0})'),
  step(SETTINGS, ({ url }) => { url.query[0].value = 'defaultOrder'; },
    'pm.expect(pm.response.json().response).to.eql({defaultOrder: {isAsc: false, sortedBy: 0}})'),
  flags(true, true),
  put(EXTERNAL, false, false),
  flags(false, false),
  put(SOCIAL, true, false),
  put(EXTERNAL, true, true),
  put(SOCIAL, true, true),
  flags(true, true),
  step(EXTERNAL, (request) => { request.auth = { type: 'noauth' }; }, 'pm.response.to.have.status(401)'),
  apply('wrong', { status: 4 }),
  apply('Secret123!', { status: 0, title: 'Marketing', isRoom: true }),
];
newman.run({
  collection,
  reporters: 'cli',
  envVar: [{ key: 'baseUrl', value: process.env.DOCSPACE_URL }, { key: 'bearerToken', value: 'owner-token' }],
}, (error, summary) => {
  assert.ifError(error);
  assert.equal(summary.run.stats.assertions.total, collection.item.length);
  assert.equal(summary.run.failures.length, 0);
  console.log(`Made the four calls, in ${collection.item.length} requests`);
});
