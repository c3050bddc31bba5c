import type * as contract from './contract.gen';
import type {Control} from './control';
import {type Expected, received} from './received';

/** Which requests of the journal are meant: those that meet all of these. */
export type Filter = NonNullable<contract.operations['countRequests']['parameters']['query']>;

/** A portal of a fake. Nothing that happens in another portal is seen here. */
export class DocspacePortal {
  /** Name of the portal. */
  readonly name: string;
  /** Address of the portal, for the app: its calls begin at url + '/api/2.0'. */
  readonly url: string;
  /** An API key for each role that has one, such as keys.owner. */
  readonly keys: Readonly<Record<contract.Role, string>>;
  readonly links: Collection<contract.Link, contract.NewLink, contract.LinkPatch>;
  readonly users: Collection<contract.User, contract.NewUser, contract.UserPatch>;
  readonly apiKeys: Collection<contract.APIKey, contract.NewAPIKey, contract.APIKeyPatch>;
  readonly entries: Collection<contract.Entry, contract.NewEntry, contract.EntryPatch>;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  readonly #control: Control;
  readonly #process: Control;

  /** @internal */
  constructor(process: Control, portal: contract.NamedPortal) {
    this.name = portal.name;
    this.url = portal.url;
    this.keys = portal.keys as Record<contract.Role, string>;
    this.#process = process;
    this.#control = process.of(portal.url);
    this.links = new Collection(this.#control, '/links');
    this.users = new Collection(this.#control, '/users');
    this.apiKeys = new Collection(this.#control, '/apiKeys');
    this.entries = new Collection(this.#control, '/entries');
    this.faults = new Faults(this.#control);
    this.clock = new Clock(this.#control);
    this.journal = new Journal(this.#control);
    this.snapshots = new Snapshots(this.#control);
  }

  /** The whole portal, in the form of the portal file. */
  state(): Promise<contract.Portal> {
    return this.#control.call('GET', '/state');
  }

  /** Changes the portal by a JSON merge patch: objects are merged, all else is replaced, and null is the value of a fresh portal. */
  changeState(patch: contract.PortalPatch): Promise<contract.Portal> {
    return this.#control.call('PATCH', '/state', patch);
  }

  /** Replaces the whole portal until the next reset. */
  replaceState(portal: contract.PortalFile): Promise<contract.Portal> {
    return this.#control.call('PUT', '/state', portal);
  }

  /** Goes back to the portal as it was made, with the right time, no faults and an empty journal. */
  reset(): Promise<void> {
    return this.#control.call('POST', '/reset');
  }

  /**
   * Expects that the portal has received requests like this, and returns them. At least one is expected when no number is given.
   * Otherwise it throws an ExpectationError, which shows the requests that came nearest.
   */
  received(expected: Expected): Promise<contract.Request[]> {
    return received(this.#control, expected);
  }

  /** Removes the portal. */
  remove(): Promise<void> {
    return this.#process.call('DELETE', `/portals/${this.name}`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.remove();
  }
}

/** The links, users, API keys or entries of a portal. An id of an API key is the key itself. */
export class Collection<Item, New extends object, Patch extends object> {
  readonly #control: Control;
  readonly #path: string;

  /** @internal */
  constructor(control: Control, path: string) {
    this.#control = control;
    this.#path = path;
  }

  list(): Promise<Item[]> {
    return this.#control.call('GET', this.#path);
  }

  get(id: string): Promise<Item> {
    return this.#control.call('GET', this.#one(id));
  }

  add(item: New): Promise<Item> {
    return this.#control.call('POST', this.#path, item);
  }

  /** Changes one by a JSON merge patch: null removes a property. */
  change(id: string, patch: Patch): Promise<Item> {
    return this.#control.call('PATCH', this.#one(id), patch);
  }

  remove(id: string): Promise<void> {
    return this.#control.call('DELETE', this.#one(id));
  }

  #one(id: string): string {
    return `${this.#path}/${encodeURIComponent(id)}`;
  }
}

/** Deliberate failures of a portal. */
export class Faults {
  readonly #control: Control;

  /** @internal */
  constructor(control: Control) {
    this.#control = control;
  }

  /** Lets calls fail, for example {operation: 'externalShare', status: 503, times: 2}. */
  add(fault: contract.NewFault): Promise<contract.Fault> {
    return this.#control.call('POST', '/faults', fault);
  }

  /** All faults, and how often each was applied. */
  list(): Promise<contract.Fault[]> {
    return this.#control.call('GET', '/faults');
  }

  get(id: string): Promise<contract.Fault> {
    return this.#control.call('GET', `/faults/${encodeURIComponent(id)}`);
  }

  remove(id: string): Promise<void> {
    return this.#control.call('DELETE', `/faults/${encodeURIComponent(id)}`);
  }

  /** Removes all faults. */
  clear(): Promise<void> {
    return this.#control.call('DELETE', '/faults');
  }
}

/** The clock of a portal. Durations are texts such as 250ms, 61s or 1h30m. */
export class Clock {
  readonly #control: Control;

  /** @internal */
  constructor(control: Control) {
    this.#control = control;
  }

  get(): Promise<contract.Clock> {
    return this.#control.call('GET', '/clock');
  }

  /** Moves the clock, back when the duration begins with -. */
  advance(by: string): Promise<contract.Clock> {
    return this.#control.call('POST', '/clock/advance', {by});
  }

  /** Stops the clock, at this time such as 2030-01-01T00:00:00Z, or at the time that it shows. */
  freeze(at?: string | Date): Promise<contract.Clock> {
    return this.#control.call('POST', '/clock/freeze', at === undefined ? {} : {at: at instanceof Date ? at.toISOString() : at});
  }

  /** Lets a frozen clock run. */
  resume(): Promise<contract.Clock> {
    return this.#control.call('POST', '/clock/resume');
  }
}

/** The requests that a portal has received. It shows *** for each secret. */
export class Journal {
  readonly #control: Control;

  /** @internal */
  constructor(control: Control) {
    this.#control = control;
  }

  /** The requests that match, oldest first. It throws when the journal has dropped some of them; {last: n} never does. */
  list(filter: Filter & {last?: number} = {}): Promise<contract.Request[]> {
    return this.#control.call('GET', `/journal${query(filter)}`);
  }

  /** The number of requests that match. */
  async count(filter: Filter = {}): Promise<number> {
    return (await this.#control.call<contract.Count>('GET', `/journal/count${query(filter)}`)).count;
  }

  /** Forgets all requests. */
  clear(): Promise<void> {
    return this.#control.call('DELETE', '/journal');
  }
}

/** Saved copies of the data of a portal. */
export class Snapshots {
  readonly #control: Control;

  /** @internal */
  constructor(control: Control) {
    this.#control = control;
  }

  list(): Promise<contract.Snapshot[]> {
    return this.#control.call('GET', '/snapshots');
  }

  save(name: string): Promise<contract.Snapshot> {
    return this.#control.call('PUT', `/snapshots/${encodeURIComponent(name)}`);
  }

  /** Goes back to the saved data. Clock, faults and journal stay as they are. */
  restore(name: string): Promise<void> {
    return this.#control.call('POST', `/snapshots/${encodeURIComponent(name)}/restore`);
  }

  remove(name: string): Promise<void> {
    return this.#control.call('DELETE', `/snapshots/${encodeURIComponent(name)}`);
  }
}

/** A query with what is set. */
function query(parameters: object): string {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return set.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(set))}`;
}
