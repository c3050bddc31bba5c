import {type ChildProcess, spawn} from 'node:child_process';
import type {Socket} from 'node:net';

/** How long the program may take to end. It answers the requests that have arrived first. */
const patience = 2000;

/** Variables that reach the program. The others do not, since tests are to be alike everywhere. */
const passedVariables = ['CONTRACT', 'JOURNAL', 'PASSWORD_ROUNDS', 'MAX_MEMORY'].map((name) => `MOCK_DOCSPACE_${name}`);

/** The program, as a process that ends with this one: it holds a pipe to its standard input, which ends with this process. */
export class Program {
  private constructor(
    readonly url: string,
    readonly version: string,
    private readonly process: ChildProcess,
    private readonly ended: Promise<void>,
  ) {}

  /** Starts the program, and returns when it listens. */
  static start(program: string, flags: string[]): Promise<Program> {
    const args = ['--addr=127.0.0.1:0', '--exit-with-stdin', '--quiet', ...flags];
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MOCK_DOCSPACE_') || passedVariables.includes(name)));
    return new Promise((resolve, reject) => {
      // In a group of its own, Ctrl-C ends the runner first, which may still remove its portals.
      const child = spawn(program, args, {env, stdio: 'pipe', detached: process.platform !== 'win32', windowsHide: true});
      let output = '';
      let complaint = '';
      const ended = new Promise<void>((over) => child.once('exit', () => over()));
      child.once('error', (error) => reject(new Error(`cannot run ${program}: ${error.message}`, {cause: error})));
      child.once('close', (code) => reject(new Error(`${program} has ended with ${code ?? 'a signal'}: ${complaint.trim() || 'it does not say why'}`)));
      child.stdin.on('error', () => {}); // it has ended already
      const end = () => child.stdin.end(); // a worker of Vitest goes on when its runner was killed, and only loses the channel to it
      process.once('disconnect', end);
      child.once('exit', () => process.off('disconnect', end));
      child.stderr.on('data', (text: Buffer) => (complaint = (complaint + text).slice(-10_000)));
      child.stdout.on('data', (text: Buffer) => {
        output += text;
        const ready = /^mock-docspace (\S+) listening on (http:\/\/\S+)\n/.exec(output);
        if (ready?.[1] && ready[2]) {
          release(child);
          resolve(new Program(ready[2], ready[1], child, ended));
        }
      });
    });
  }

  /** Ends the program, and returns when it has ended. */
  async stop(): Promise<void> {
    this.process.ref();
    this.process.stdin?.end();
    const deadline = setTimeout(() => this.process.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(deadline);
  }
}

/** A runner that has finished does not wait for the program. */
function release(child: ChildProcess): void {
  child.unref();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) {
    (pipe as Socket | null)?.unref();
  }
}
