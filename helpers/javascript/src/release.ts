import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {constants, readFileSync} from 'node:fs';
import {access, chmod, mkdir, mkdtemp, rename, rm, stat, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {send} from './http';

const windows = process.platform === 'win32';

/** Name of the program's file. */
export const executable = windows ? 'mock-docspace.exe' : 'mock-docspace';

const releases = 'https://github.com/mock-docspace/mock-docspace/releases/download';

/**
 * The program of the release of this package's version, for this system. It is downloaded once, compared with the checksum of the
 * release, and kept in the cache folder of the user. MOCK_DOCSPACE_RELEASES is another address of the releases.
 */
export async function downloadRelease(): Promise<string> {
  const {version} = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as {version: string};
  const folder = join(cacheFolder(), 'mock-docspace', 'releases', version);
  const program = join(folder, executable);
  if (await isProgram(program)) {
    return program;
  }
  try {
    const archive = archiveName(version);
    const address = `${(process.env.MOCK_DOCSPACE_RELEASES || releases).replace(/\/+$/, '')}/v${version}`;
    const wanted = checksumOf(archive, (await get(`${address}/checksums.txt`)).toString());
    const content = await get(`${address}/${archive}`);
    const sum = createHash('sha256').update(content).digest('hex');
    if (sum !== wanted) {
      throw new Error(`${address}/${archive} has the checksum ${sum}, not ${wanted}, and was not kept`);
    }
    await mkdir(folder, {recursive: true});
    await unpack(content, archive, folder, program);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`mock-docspace is not in PATH, and release ${version} could not be downloaded: ${message}: put the program into PATH, or its file into MOCK_DOCSPACE_PROGRAM`, {cause: error});
  }
  return program;
}

export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

function archiveName(version: string): string {
  const system = {linux: 'linux', darwin: 'darwin', win32: 'windows'}[process.platform as string];
  const processor = {x64: 'amd64', arm64: 'arm64'}[process.arch as string];
  if (!system || !processor) {
    throw new Error(`there is none for ${process.platform} on ${process.arch}`);
  }
  return `mock-docspace_${version}_${system}_${processor}.${windows ? 'zip' : 'tar.gz'}`;
}

/** The checksum of the file in a list as sha256sum writes it. */
function checksumOf(file: string, list: string): string {
  for (const line of list.split('\n')) {
    const [sum, name] = line.trim().split(/\s+\*?/);
    if (sum && name === file) {
      return sum.toLowerCase();
    }
  }
  throw new Error(`checksums.txt has no line for ${file}`);
}

function cacheFolder(): string {
  const home = homedir();
  if (process.env.XDG_CACHE_HOME) {
    return process.env.XDG_CACHE_HOME;
  }
  if (windows) {
    return process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  }
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}

/** Downloads a file. It follows redirects, as the releases of GitHub have them, but not from https to http. */
async function get(address: string): Promise<Buffer> {
  let url = new URL(address);
  for (let redirects = 0; redirects < 5; redirects++) {
    const answer = await send('GET', url).catch((error: Error) => {
      throw new Error(`${url}: ${error.message}`, {cause: error});
    });
    if (answer.status === 200) {
      return answer.body;
    }
    const next = answer.status >= 300 && answer.status < 400 && answer.headers.location ? new URL(answer.headers.location, url) : undefined;
    if (!next || (url.protocol === 'https:' && next.protocol !== 'https:')) {
      throw new Error(`${url}: status ${answer.status}`);
    }
    url = next;
  }
  throw new Error(`${address}: too many redirects`);
}

/** Unpacks the program beside its place, and moves it there in one step: others may do the same at the same time. */
async function unpack(content: Buffer, archive: string, folder: string, program: string): Promise<void> {
  const temporary = await mkdtemp(join(folder, 'download-'));
  try {
    await writeFile(join(temporary, archive), content);
    const tar = windows ? join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'tar.exe') : 'tar'; // that of Windows reads zip
    await promisify(execFile)(tar, ['-xf', archive, executable], {cwd: temporary});
    await chmod(join(temporary, executable), 0o755);
    await rename(join(temporary, executable), program).catch(async (error: unknown) => {
      if (!(await isProgram(program))) {
        throw error; // otherwise another process was first, and Windows does not replace what runs
      }
    });
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
}
