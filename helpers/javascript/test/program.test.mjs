import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {connect as dial} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {after, test} from 'node:test';
import {connect, start} from 'mock-docspace';

const folder = await mkdtemp(join(tmpdir(), 'mock-docspace-'));
after(() => rm(folder, {recursive: true}));

/** Whether somebody listens at the address. */
function listens(url) {
  const {hostname, port} = new URL(url);
  return new Promise((resolve) => {
    const socket = dial(Number(port), hostname);
    socket.once('connect', () => resolve(true) ?? socket.destroy());
    socket.once('error', () => resolve(false));
  });
}

/** Asks again until it is so. */
async function until(holds, what) {
  for (const deadline = Date.now() + 5000; !(await holds()); await new Promise((again) => setTimeout(again, 10))) {
    assert.ok(Date.now() < deadline, `not within 5 s: ${what}`);
  }
}

/** Waits until nobody listens there. */
const refuses = (url) => until(async () => !(await listens(url)), `${url} is free`);

/** A runner of its own process that starts a fake, prints its address, and does what follows; with a channel to this one or without. */
async function runner(what, ...channel) {
  const code = `const {start} = require('mock-docspace'); start().then(async (docspace) => { console.log(docspace.url); ${what} })`;
  const child = spawn(process.execPath, ['-e', code], {cwd: import.meta.dirname ?? new URL('.', import.meta.url).pathname, stdio: ['ignore', 'pipe', 'inherit', ...channel]});
  const [url] = await once(createInterface(child.stdout), 'line');
  return {child, url, ended: once(child, 'exit')};
}

test('stop ends the program, also twice', async () => {
  const docspace = await start();
  assert.ok(await listens(docspace.url));
  await docspace.stop();
  await docspace.stop();
  assert.ok(!(await listens(docspace.url)));
  await assert.rejects(docspace.portal(), /does not answer at .*: is it stopped\?/);
});

test('stop does not wait for a request that hangs', async () => {
  const docspace = await start();
  const portal = await docspace.portal();
  await portal.faults.add({kind: 'hang'});
  const hanging = assert.rejects(fetch(`${portal.url}/api/2.0/files/settings`));
  await until(() => portal.journal.count({unanswered: true}), 'the request hangs');
  await docspace.stop();
  await hanging;
});

test('a runner that was killed takes the program with it', async () => {
  const {child, url, ended} = await runner('setInterval(() => {}, 1000);');
  assert.ok(await listens(url));
  child.kill('SIGKILL');
  await ended;
  await refuses(url);
});

test('a worker that outlives its runner, as those of Vitest do, ends its program', async () => {
  const {child, url, ended} = await runner('setInterval(() => {}, 1000);', 'ipc');
  assert.ok(await listens(url));
  child.disconnect(); // as the end of the runner does
  await refuses(url);
  assert.equal(child.exitCode, null);
  child.kill();
  await ended;
});

test('a runner that is interrupted takes the program with it', async () => {
  const {child, url, ended} = await runner('setInterval(() => {}, 1000);');
  child.kill('SIGINT');
  await ended;
  await refuses(url);
});

test('a runner that forgets to stop ends all the same', async () => {
  const {url, ended} = await runner('');
  assert.deepEqual(await ended, [0, null]);
  await refuses(url);
});

test('a worker thread takes its program with it', async () => {
  const {url, ended} = await runner(
    "const {Worker} = require('node:worker_threads'); await docspace.stop();" +
      "const worker = new Worker(`require('mock-docspace').start().then((d) => require('node:worker_threads').parentPort.postMessage(d.url)); setInterval(() => {}, 1000)`, {eval: true});" +
      "worker.once('message', async (url) => { await worker.terminate(); const t = require('node:timers'); const again = () => fetch(url).then(() => setImmediate(again), () => process.exit(3)); again(); });",
  );
  assert.deepEqual(await ended, [3, null]);
  assert.ok(!(await listens(url)));
});

test('a program that does not start says why', async () => {
  await assert.rejects(start({contract: 'x'}), /has ended with 2: mock-docspace: --contract must be one of "warn","enforce","off" but got "x"$/);
  const other = join(folder, 'other');
  await writeFile(other, '#!/bin/sh\necho hello\n');
  await chmod(other, 0o755);
  await assert.rejects(start({program: other}), /other has ended with 0: it does not say why/);
  await assert.rejects(start({program: folder}), /is not a program/);
});

test('options and variables', async (t) => {
  const variables = {MOCK_DOCSPACE_PROFILE: 'v3.8', MOCK_DOCSPACE_ADDR: '127.0.0.1:1', MOCK_DOCSPACE_NO_CONTROL: 'true', MOCK_DOCSPACE_TLS_SELF_SIGNED: 'true'};
  Object.assign(process.env, variables);
  t.after(() => Object.keys(variables).forEach((name) => delete process.env[name]));
  for (const [options, file, want] of [[{}, {}, 'v3.8'], [{profile: 'v3.7.2'}, {}, 'v3.7.2'], [{profile: 'v3.7.2'}, {profile: 'next'}, 'next']]) {
    const docspace = await start(options);
    const portal = await docspace.portal(file);
    assert.equal((await portal.state()).profile, want);
    await docspace.stop();
  }
});

test('a token', async (t) => {
  const child = spawn(process.env.MOCK_DOCSPACE_PROGRAM, ['--addr=127.0.0.1:0', '--quiet', '--exit-with-stdin', '--control-token=secret'], {stdio: ['pipe', 'pipe', 'inherit']});
  t.after(() => child.stdin.end());
  const [line] = await once(createInterface(child.stdout), 'line');
  const url = line.split(' ').pop();
  await assert.rejects(connect(url).then((d) => d.portal()), /the control API wants its token/);
  const docspace = await connect(url, {token: 'secret'});
  const portal = await docspace.portal();
  assert.equal((await portal.received({times: 0})).length, 0);
});

test('the package is both a module and CommonJS', async () => {
  const {createRequire} = await import('node:module');
  const required = createRequire(import.meta.url)('mock-docspace');
  const {default: _, 'module.exports': __, ...imported} = await import('mock-docspace');
  assert.deepEqual(Object.keys(imported).filter((name) => name !== '__esModule').sort(), Object.keys(required).sort());
  assert.equal(imported.start, required.start);
});
