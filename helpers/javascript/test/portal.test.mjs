import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {connect, ControlError, start} from 'mock-docspace';

let docspace;
before(async () => (docspace = await start({passwordRounds: 1})));
after(() => docspace.stop());

/** Switches external sharing, as an app does. */
function share(portal, on, key = portal.keys.owner) {
  return fetch(`${portal.url}/api/2.0/files/settings/external`, {
    method: 'PUT',
    headers: {Authorization: `Bearer ${key}`, 'Content-Type': 'application/json'},
    body: JSON.stringify({set: on, displayValue: on}),
  });
}

test('each portal is its own', async () => {
  const one = await docspace.portal({profile: 'v3.7.2', settings: {externalShare: false}});
  const two = await docspace.portal({}, {name: 'two'});
  assert.equal(two.url, `${docspace.url}/portals/two`);
  assert.equal((await share(two, true)).status, 200);
  assert.equal((await one.state()).settings.externalShare, false);
  assert.equal((await one.state()).profile, 'v3.7.2');
  assert.equal((await two.state()).settings.externalShare, true);
  assert.deepEqual(await one.journal.list(), []);
  await one.remove();
  await assert.rejects(one.state(), /no portal/);
  assert.equal((await two.state()).profile, 'documented');
});

test('links, users, API keys and entries', async () => {
  const portal = await docspace.portal();
  const room = await portal.entries.add({type: 'room', title: 'Customers'});
  const link = await portal.links.add({entry: room.id, password: 'Secret123!'});
  assert.deepEqual(await portal.links.get(link.id), link);
  assert.equal((await portal.links.change(link.id, {password: null})).password, undefined);
  assert.deepEqual((await portal.links.list()).map((l) => l.key), ['KEY_FROM_URL', link.key]);
  await portal.links.remove(link.id);
  await assert.rejects(portal.links.get(link.id), ControlError);

  const user = await portal.users.add({email: 'new@example.com', role: 'docSpaceAdmin', password: 'New-pass-1'});
  const key = await portal.apiKeys.add({user: user.email, key: 'sk-with/slash and blank'});
  assert.equal((await share(portal, true, key.key)).status, 200);
  await portal.apiKeys.change(key.key, {active: false});
  assert.equal((await share(portal, true, key.key)).status, 401);
  await portal.apiKeys.remove(key.key);
  await portal.entries.remove(room.id);
  assert.ok(!(await portal.entries.list()).some((e) => e.id === room.id));
});

test('faults', async () => {
  const portal = await docspace.portal();
  const fault = await portal.faults.add({operation: 'externalShare', status: 503, times: 1});
  assert.equal((await share(portal, true)).status, 503);
  assert.equal((await share(portal, true)).status, 200);
  assert.equal((await portal.faults.get(fault.id)).usedUp, true);
  await portal.faults.remove(fault.id);
  await portal.faults.add({kind: 'rateLimit'});
  await portal.faults.clear();
  assert.deepEqual(await portal.faults.list(), []);
});

test('the clock', async () => {
  const portal = await docspace.portal({links: [{key: 'short', expires: '2030-01-01T00:00:10Z'}]});
  const status = async () => (await (await fetch(`${portal.url}/api/2.0/files/share/short`)).json()).response.status;
  await portal.clock.freeze(new Date('2030-01-01T00:00:00Z'));
  assert.equal(await status(), 0);
  assert.equal((await portal.clock.advance('11s')).now, '2030-01-01T00:00:11Z');
  assert.notEqual(await status(), 0);
  assert.equal((await portal.clock.resume()).frozen, false);
  assert.equal((await portal.clock.get()).frozen, false);
});

test('the journal', async () => {
  const portal = await docspace.portal();
  await share(portal, true);
  await share(portal, true, 'nobody');
  assert.equal(await portal.journal.count({operation: 'externalShare'}), 2);
  assert.equal(await portal.journal.count({status: 401, anonymous: true}), 1);
  assert.deepEqual((await portal.journal.list({last: 1})).map((r) => r.status), [401]);
  await portal.journal.clear();
  assert.equal(await portal.journal.count(), 0);
});

test('state, snapshots and reset', async () => {
  const portal = await docspace.portal();
  await portal.snapshots.save('before');
  await portal.changeState({settings: {externalShare: false}});
  assert.equal((await portal.state()).settings.externalShare, false);
  await portal.snapshots.restore('before');
  assert.equal((await portal.state()).settings.externalShare, true);
  assert.deepEqual((await portal.snapshots.list()).map((s) => s.name), ['before']);
  await portal.snapshots.remove('before');
  await portal.replaceState({links: []});
  assert.deepEqual(await portal.links.list(), []);
  await portal.reset();
  assert.equal((await portal.links.list()).length, 1);
});

test('an error has the text of the control API', async () => {
  const portal = await docspace.portal();
  await assert.rejects(portal.faults.add({operation: 'nothing', status: 503}), (error) => {
    assert.ok(error instanceof ControlError && error instanceof Error);
    assert.match(error.message, /^POST \/__mock\/faults: operation: must be one of getFilesSettings, /);
    assert.equal(error.status, 400);
    assert.equal(error.body.path, 'operation');
    return true;
  });
});

test('a fake that runs already', async () => {
  const other = await connect(`${docspace.url}/`);
  assert.equal(other.version, docspace.version);
  const portal = await other.portal();
  await other.stop(); // it is not its own
  assert.equal((await share(portal, true)).status, 200);
  await assert.rejects(connect('http://127.0.0.1:1'), /^Error: mock-docspace does not answer at http:\/\/127\.0\.0\.1:1: connect ECONNREFUSED .*: is it stopped\?$/);
  await assert.rejects(connect(`${docspace.url}/api/2.0`), /status 404, which mock-docspace does not answer like that/);
});

test('disposal', {skip: Symbol.asyncDispose ? false : 'this Node has no Symbol.asyncDispose'}, async () => {
  const portal = await docspace.portal();
  await portal[Symbol.asyncDispose]();
  await assert.rejects(portal.state(), /no portal/);
});
