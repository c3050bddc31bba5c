import {isDeepStrictEqual} from 'node:util';
import type * as contract from './contract.gen';
import {type Control, ControlError} from './control';

/** Which requests a portal must have received, and how many. */
export interface Expected {
  /** The call, by its operationId. Left out: any request. */
  operation?: contract.Operation;
  /** Exactly so many; 0 for none. */
  times?: number;
  /** So many or more. */
  atLeast?: number;
  /** So many or fewer. */
  atMost?: number;
  /** E-mail address of the caller; '' for callers without an account. */
  caller?: string;
  /** Status of the answer; 0 for requests without one. */
  status?: number;
  /** Id of a fault that was applied. */
  fault?: string;
  /** Headers, as the journal shows them: *** for what may be secret. */
  header?: Record<string, string | RegExp>;
  /** The body, as the journal shows it: texts in it are ***. An object is compared as JSON. */
  body?: string | RegExp | object;
}

/** A portal has not received what was expected. The message shows the requests that came nearest. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}

const shownRequests = 10;

/** A condition on a request. was is what the request has instead, when its line does not show it. */
interface Condition {
  name: string;
  holds(request: contract.Request): boolean;
  was?(request: contract.Request): string;
}

interface Candidate {
  request: contract.Request;
  missed: string[];
  /** It is another call. */
  another?: true;
}

/** Compares the journal with what is expected, as the Gomega matchers of the Go package do. */
export async function received(control: Control, expected: Expected): Promise<contract.Request[]> {
  const {least, most} = bounds(expected);
  const conditions = conditionsOf(expected);
  const {requests, dropped} = await journal(control, expected.operation, most === Infinity);
  const candidates: Candidate[] = requests.map((request) => ({
    request,
    missed: conditions.filter((c) => !c.holds(request)).map((c) => (c.was ? `${c.name} but ${c.was(request)}` : c.name)),
  }));
  const found = candidates.filter((c) => c.missed.length === 0).map((c) => c.request);
  if (found.length >= least && found.length <= most) {
    return found;
  }
  if (dropped) {
    throw dropped;
  }
  if (expected.operation !== undefined) {
    const last = await control.call<contract.Request[]>('GET', `/journal?last=${shownRequests}`);
    candidates.push(...last.filter((r) => r.operation !== expected.operation).map((request) => ({request, missed: [], another: true as const})));
  }
  const wanted = [expected.operation ?? 'a request', ...conditions.map((c) => c.name), number(least, most)].join(' ');
  throw new ExpectationError(`Expected the portal to have received ${wanted}, but it has received ${times(found.length)}.\n${nearest(candidates)}`);
}

/**
 * The requests of the operation. Without an upper bound, dropped requests do no harm when the rest is enough; dropped is then
 * the error about them.
 */
async function journal(control: Control, operation: string | undefined, unbounded: boolean) {
  const filter = operation === undefined ? '' : `operation=${encodeURIComponent(operation)}&`;
  let dropped: ControlError | undefined;
  for (let after = 0; ; ) {
    try {
      return {requests: await control.call<contract.Request[]>('GET', `/journal?${filter}after=${after}`), dropped};
    } catch (error) {
      const through = error instanceof ControlError ? error.body.through : undefined;
      if (!unbounded || through === undefined || through <= after) {
        throw error;
      }
      dropped = error as ControlError;
      after = through;
    }
  }
}

function bounds({times, atLeast, atMost}: Expected): {least: number; most: number} {
  for (const [name, n] of Object.entries({times, atLeast, atMost})) {
    if (n !== undefined && !(Number.isInteger(n) && n >= 0)) {
      throw new TypeError(`received: ${name}: must be a whole number from 0, not ${n}`);
    }
  }
  if (times !== undefined && (atLeast !== undefined || atMost !== undefined)) {
    throw new TypeError('received: times: leave it out, or leave out atLeast and atMost');
  }
  const least = times ?? atLeast ?? (atMost === undefined ? 1 : 0);
  const most = times ?? atMost ?? Infinity;
  if (least > most) {
    throw new TypeError(`received: atLeast ${least} is more than atMost ${most}`);
  }
  return {least, most};
}

function conditionsOf(expected: Expected): Condition[] {
  const {operation, times, atLeast, atMost, caller, status, fault, header = {}, body, ...unknown} = expected;
  for (const name of Object.keys(unknown)) {
    throw new TypeError(`received: ${name}: there is no such condition: use operation, times, atLeast, atMost, caller, status, fault, header or body`);
  }
  const conditions: Condition[] = [];
  if (caller !== undefined) {
    conditions.push({name: `from ${caller || 'anonymous'}`, holds: (r) => (r.caller ?? '').toLowerCase() === caller.toLowerCase()});
  }
  if (status !== undefined) {
    conditions.push({name: `with status ${status}`, holds: (r) => r.status === status});
  }
  if (fault !== undefined) {
    conditions.push({name: `with fault ${fault}`, holds: (r) => r.faults?.includes(fault) ?? false});
  }
  for (const [name, value] of Object.entries(header)) {
    const values = (r: contract.Request) => Object.entries(r.header).find(([n]) => n.toLowerCase() === name.toLowerCase())?.[1] ?? [];
    conditions.push({
      name: `with header ${name} ${shown(value)}`,
      holds: (r) => values(r).some((v) => matches(v, value)),
      was: (r) => (values(r).length === 0 ? 'without it' : shortened(JSON.stringify(values(r)))),
    });
  }
  if (body !== undefined) {
    conditions.push({name: `with body ${shown(body)}`, holds: (r) => matches(r.body ?? '', body)});
  }
  return conditions;
}

function matches(text: string, wanted: string | RegExp | object): boolean {
  if (typeof wanted === 'string') {
    return text === wanted;
  }
  if (wanted instanceof RegExp) {
    return text.search(wanted) >= 0; // whatever a test with flag g has left in lastIndex
  }
  try {
    return isDeepStrictEqual(JSON.parse(text), JSON.parse(JSON.stringify(wanted)));
  } catch {
    return false; // it is not JSON
  }
}

function shown(value: string | RegExp | object): string {
  return value instanceof RegExp ? `like ${value}` : JSON.stringify(value);
}

function number(least: number, most: number): string {
  if (least === most) {
    return times(least);
  }
  if (most === Infinity) {
    return `at least ${times(least)}`;
  }
  return least > 0 ? `at least ${times(least)} and at most ${times(most)}` : `at most ${times(most)}`;
}

function times(n: number): string {
  return n === 1 ? 'once' : `${n} times`;
}

/** The requests that meet the most conditions, one in a line. */
function nearest(candidates: Candidate[]): string {
  if (candidates.length === 0) {
    return 'It has received nothing at all.';
  }
  const distance = (c: Candidate) => (c.another ? Number.MAX_SAFE_INTEGER : c.missed.length);
  const sorted = [...candidates].sort((a, b) => distance(a) - distance(b));
  const lines = sorted.slice(0, shownRequests).map((c) => `\n  ${line(c)}`);
  const more = sorted.length > shownRequests ? `\n  and ${sorted.length - shownRequests} more` : '';
  return `The requests that came nearest:${lines.join('')}${more}`;
}

function line({request: r, missed, another}: Candidate): string {
  let text = `#${r.sequence} ${r.method} ${r.path} from ${r.caller ?? 'anonymous'}: ${r.status === 0 ? 'no answer' : r.status}`;
  if (r.body) {
    text += ` ${shortened(r.body)}`;
  }
  if (r.faults?.length) {
    text += `, fault ${r.faults.join(' and ')}`;
  }
  if (another) {
    return `${text} (another call)`;
  }
  return missed.length > 0 ? `${text} (not ${missed.join(', not ')})` : `${text} (matches)`;
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
