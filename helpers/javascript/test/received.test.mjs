import assert from 'node:assert/strict';
import {after, before, beforeEach, test} from 'node:test';
import {ControlError, ExpectationError, start} from 'mock-docspace';

let docspace;
let portal;
before(async () => (docspace = await start({journal: 20})));
after(() => docspace.stop());
beforeEach(async () => (portal = await docspace.portal()));

function send(method, path, set, key) {
  return fetch(portal.url + path, {
    method,
    headers: {'User-Agent': 'the-app/1.0', ...(key && {Authorization: `Bearer ${key}`}), ...(set !== undefined && {'Content-Type': 'application/json'})},
    ...(set !== undefined && {body: JSON.stringify({set})}),
  });
}
const external = '/api/2.0/files/settings/external';

/** Five requests: a fault, a success, a refusal, another call, and none. */
async function asked() {
  await portal.faults.add({id: 'down', operation: 'externalShare', status: 503, times: 1});
  await send('PUT', external, true, portal.keys.owner);
  await send('PUT', external, true, portal.keys.owner);
  await send('PUT', external, false);
  await send('GET', '/api/2.0/files/settings', undefined, portal.keys.owner);
  await send('GET', '/nowhere', undefined, portal.keys.owner);
}

test('what was received', async () => {
  await asked();
  assert.deepEqual((await portal.received({operation: 'externalShare', times: 3})).map((r) => r.status), [503, 200, 401]);
  for (const [expected, found] of [
    [{operation: 'externalShare'}, 3],
    [{operation: 'externalShare', caller: 'OWNER@example.com', atLeast: 1, atMost: 2}, 2],
    [{operation: 'externalShare', caller: '', status: 401, times: 1}, 1],
    [{fault: 'down'}, 1],
    [{header: {'user-agent': /^the-app/}}, 5],
    [{header: {Authorization: '***'}}, 4],
    [{body: {set: false}}, 1],
    [{body: '{"set":true}'}, 2],
    [{body: /t/g, atLeast: 2}, 3],
    [{operation: 'getRoomLinks', times: 0}, 0],
  ]) {
    assert.equal((await portal.received(expected)).length, found, JSON.stringify(expected));
  }
});

test('a failure shows the nearest', async () => {
  await asked();
  const fails = async (expected, message) =>
    assert.rejects(portal.received(expected), (error) => {
      assert.ok(error instanceof ExpectationError);
      typeof message === 'string' ? assert.equal(error.message, message) : assert.match(error.message, message);
      return true;
    });
  await fails(
    {operation: 'externalShare', caller: 'owner@example.com', status: 200, times: 2},
    `Expected the portal to have received externalShare from owner@example.com with status 200 2 times, but it has received once.
The requests that came nearest:
  #2 PUT /api/2.0/files/settings/external from owner@example.com: 200 {"set":true} (matches)
  #1 PUT /api/2.0/files/settings/external from owner@example.com: 503 {"set":true}, fault down (not with status 200)
  #3 PUT /api/2.0/files/settings/external from anonymous: 401 {"set":false} (not from owner@example.com, not with status 200)
  #4 GET /api/2.0/files/settings from owner@example.com: 200 (another call)
  #5 GET /nowhere from owner@example.com: 404 (another call)`,
  );
  await fails({operation: 'externalShare', header: {'User-Agent': 'curl', 'X-Request-Id': 'a'}}, /\(not with header User-Agent "curl" but \["the-app\/1\.0"\], not with header X-Request-Id "a" but without it\)/);
  await fails({operation: 'externalShare', atLeast: 1, atMost: 2}, /^Expected .* externalShare at least once and at most 2 times, but it has received 3 times\.\n/);
  await fails({atMost: 4}, /received a request at most 4 times, but it has received 5 times\.\n/);
  await portal.journal.clear();
  await fails({body: {set: true}}, /with body {"set":true} at least once, but it has received 0 times\.\nIt has received nothing at all\.$/);
});

test('a mistake in what is expected', async () => {
  await assert.rejects(portal.received({operation: 'externalShare', time: 2}), /^TypeError: received: time: there is no such condition/);
  await assert.rejects(portal.received({times: -1}), /times: must be a whole number from 0, not -1/);
  await assert.rejects(portal.received({times: 1, atMost: 2}), /leave it out/);
  await assert.rejects(portal.received({atLeast: 3, atMost: 2}), /atLeast 3 is more than atMost 2/);
  await assert.rejects(portal.received({operation: 'nothing'}), ControlError);
});

test('it never counts wrong', async () => {
  for (let i = 0; i < 25; i++) {
    await send('PUT', external, true, portal.keys.owner);
  }
  await portal.received({operation: 'externalShare'});
  assert.equal((await portal.received({operation: 'externalShare', atLeast: 20})).length, 20);
  await assert.rejects(portal.received({operation: 'externalShare', times: 25}), /the journal has dropped 5 requests/);
  await assert.rejects(portal.received({operation: 'externalShare', atLeast: 21}), /the journal has dropped 5 requests/);
});

test('a failure is short', async () => {
  for (let i = 0; i < 15; i++) {
    await send('PUT', external, true);
  }
  await assert.rejects(portal.received({operation: 'externalShare', status: 200}), /\n  and 5 more$/);
});
