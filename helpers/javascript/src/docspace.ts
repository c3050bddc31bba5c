import type * as contract from './contract.gen';
import {Control} from './control';
import {DocspacePortal} from './portal';
import {Program} from './program';
import {findProgram} from './find';

/** How the program is started. Where an option is left out, its variable counts, such as MOCK_DOCSPACE_PROFILE. */
export interface StartOptions {
  /** Profile of portals that do not name one. The default is documented. */
  profile?: contract.Profile;
  /** What happens to requests that break the contract of DocSpace. The default is warn. */
  contract?: 'warn' | 'enforce' | 'off';
  /** Number of requests that the journal of each portal keeps. The default is 1000. */
  journal?: number;
  /** How often a password is hashed when somebody signs in. The default is 100000, as on a portal; 1 is faster. */
  passwordRounds?: number;
  /** The program. The default is that of MOCK_DOCSPACE_PROGRAM, that of PATH, or the release, which is downloaded. */
  program?: string;
}

/** Starts a fake on a free port. It ends with stop, and in any case with this process. */
export async function start(options: StartOptions = {}): Promise<Docspace> {
  const {program, profile = process.env.MOCK_DOCSPACE_PROFILE as contract.Profile | undefined, contract, journal, passwordRounds} = options;
  const flags = Object.entries({'--contract': contract, '--journal': journal, '--password-rounds': passwordRounds})
    .filter(([, value]) => value !== undefined)
    .map(([flag, value]) => `${flag}=${value}`);
  const running = await Program.start(await findProgram(program), flags);
  return new Docspace(running.url, running.version, new Control(running.url), {program: running, profile});
}

/** Uses a fake that runs already, such as one in a container. token is that of its control API, which it wants beyond loopback. */
export async function connect(url: string, options: {token?: string} = {}): Promise<Docspace> {
  const address = url.replace(/\/+$/, '');
  const control = new Control(address, options.token);
  const {version} = await control.call<contract.Health>('GET', '/health');
  return new Docspace(address, version, control);
}

/** A running fake. */
export class Docspace {
  readonly #control: Control;
  readonly #program: Program | undefined;
  readonly #profile: contract.Profile | undefined;

  /** @internal */
  constructor(
    /** Address of the fake. */
    readonly url: string,
    /** Version of the program. */
    readonly version: string,
    control: Control,
    {program, profile}: {program?: Program; profile?: contract.Profile | undefined} = {},
  ) {
    this.#control = control;
    this.#program = program;
    this.#profile = profile; // not by the flag, which would win over what a portal file says
  }

  /** Makes a portal, for one test. What the portal file leaves out is that of a fresh portal, with a key of each role. */
  async portal(file: contract.PortalFile = {}, options: {name?: string} = {}): Promise<DocspacePortal> {
    const made = await this.#control.call<contract.NamedPortal>('POST', '/portals', {...options, portal: {...(this.#profile && {profile: this.#profile}), ...file}});
    return new DocspacePortal(this.#control, made);
  }

  /** Ends the fake, if start has started it. */
  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
