import {delimiter, join} from 'node:path';
import {downloadRelease, executable, isProgram} from './release';

/** The file of the program: the one that is named, the one in PATH, or the release, which is downloaded when it is needed first. */
export async function findProgram(named = process.env.MOCK_DOCSPACE_PROGRAM): Promise<string> {
  if (named) {
    if (!(await isProgram(named))) {
      throw new Error(`${named} (from MOCK_DOCSPACE_PROGRAM, or the option program) is not a program`);
    }
    return named;
  }
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder !== '' && (await isProgram(join(folder, executable)))) {
      return join(folder, executable);
    }
  }
  return downloadRelease();
}
