import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdir, mkdtemp, readFile, readdir, rm, symlink} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {delimiter, dirname, join} from 'node:path';
import {after, afterEach, before, beforeEach, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {start} from 'mock-docspace';
import {send} from '../dist/http.js';

const built = process.env.MOCK_DOCSPACE_PROGRAM;
const {version} = JSON.parse(await readFile(join(dirname(fileURLToPath(import.meta.url)), '..', 'package.json'), 'utf8'));
const archive = `mock-docspace_${version}_${{linux: 'linux', darwin: 'darwin'}[process.platform]}_${{x64: 'amd64', arm64: 'arm64'}[process.arch]}.tar.gz`;
const saved = {...process.env};

let files; // of the releases, by their paths
let asked;
const server = createServer((request, response) => {
  asked.push(request.url);
  const file = files[request.url];
  if (file === undefined) {
    response.writeHead(404).end();
  } else if (typeof file === 'string' && file.startsWith('/')) {
    response.writeHead(302, {Location: file}).end();
  } else {
    response.end(file);
  }
});
let content;
let cache;

before(async () => {
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const folder = await mkdtemp(join(tmpdir(), 'mock-docspace-'));
  await symlink(built, join(folder, 'mock-docspace'));
  execFileSync('tar', ['-chzf', archive, 'mock-docspace'], {cwd: folder});
  content = await readFile(join(folder, archive));
  await rm(folder, {recursive: true});
});
after(() => server.close());

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'mock-docspace-'));
  asked = [];
  const sum = createHash('sha256').update(content).digest('hex');
  files = {[`/v${version}/checksums.txt`]: `${'0'.repeat(64)}  other.tar.gz\n${sum}  ${archive}\n`, [`/v${version}/${archive}`]: '/elsewhere', '/elsewhere': content};
  delete process.env.MOCK_DOCSPACE_PROGRAM;
  process.env.XDG_CACHE_HOME = cache;
  process.env.MOCK_DOCSPACE_RELEASES = `http://127.0.0.1:${server.address().port}/`;
});
afterEach(async () => {
  process.env = {...saved};
  await rm(cache, {recursive: true});
});

/** What is in the cache, without folders. */
const kept = async () => (await readdir(cache, {recursive: true, withFileTypes: true})).filter((f) => f.isFile()).map((f) => f.name);

test('a release is downloaded once, also by several at the same time', async () => {
  const started = await Promise.all([start(), start(), start()]);
  await Promise.all(started.map((docspace) => docspace.stop()));
  assert.deepEqual(await kept(), ['mock-docspace']);
  files = {};
  asked = [];
  const docspace = await start();
  assert.equal(docspace.version, version);
  await docspace.stop();
  assert.deepEqual(asked, []);
});

test('the program in PATH comes before the release, and the variable before both', async () => {
  const folder = join(cache, 'bin');
  await mkdir(join(folder, 'not', 'mock-docspace'), {recursive: true});
  await symlink(built, join(folder, 'mock-docspace'));
  process.env.PATH = ['', join(folder, 'not'), folder, process.env.PATH].join(delimiter);
  await (await start()).stop();
  assert.deepEqual(asked, []);
  process.env.MOCK_DOCSPACE_PROGRAM = join(folder, 'missing');
  await assert.rejects(start(), /missing \(from MOCK_DOCSPACE_PROGRAM, or the option program\) is not a program/);
});

test('what is not the release is not kept', async () => {
  files['/elsewhere'] = Buffer.from('something else');
  await assert.rejects(start(), new RegExp(`^Error: mock-docspace is not in PATH, and release ${version} could not be downloaded: .*${archive} has the checksum [0-9a-f]{64}, not [0-9a-f]{64}, and was not kept: put the program into PATH`));
  assert.deepEqual(await kept(), []);
  files[`/v${version}/checksums.txt`] = '';
  await assert.rejects(start(), new RegExp(`checksums.txt has no line for ${archive}`));
  files['/elsewhere'] = '/elsewhere';
  files[`/v${version}/checksums.txt`] = '/elsewhere';
  await assert.rejects(start(), /too many redirects/);
  files = {};
  await assert.rejects(start(), /checksums\.txt: status 404: put the program into PATH, or its file into MOCK_DOCSPACE_PROGRAM$/);
  process.env.MOCK_DOCSPACE_RELEASES = 'http://127.0.0.1:1';
  await assert.rejects(start(), /ECONNREFUSED/);
  assert.deepEqual(await kept(), []);
});

test('a server that does not go on is not waited for', async (t) => {
  const stalled = createServer((request, response) => request.url === '/begun' && response.write('some'));
  t.after(() => stalled.closeAllConnections() ?? stalled.close());
  await new Promise((listens) => stalled.listen(0, '127.0.0.1', listens));
  for (const path of ['/none', '/begun']) {
    await assert.rejects(send('GET', new URL(path, `http://127.0.0.1:${stalled.address().port}`), {}, undefined, 50), /^Error: nothing has arrived for 0.05 s$/);
  }
});

test('an archive without the program is refused', async () => {
  const broken = Buffer.from('not an archive');
  files['/elsewhere'] = broken;
  files[`/v${version}/checksums.txt`] = `${createHash('sha256').update(broken).digest('hex')}  ${archive}\n`;
  await assert.rejects(start(), /could not be downloaded: Command failed: tar/);
  assert.deepEqual(await kept(), []);
});
