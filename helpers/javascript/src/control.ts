import type * as contract from './contract.gen';
import {send} from './http';

/** The control API has refused a call. The message says what is wrong, where, and what to do. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  constructor(
    call: string,
    /** HTTP status, such as 400 for a call that breaks the contract, and 409 for one that does not fit the portal. */
    readonly status: number,
    /** What the control API has answered. */
    readonly body: contract.Error & contract.DroppedError,
  ) {
    super(`${call}: ${body.message}`);
  }
}

/** The control API of a portal, or of the whole fake. */
export class Control {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  /** The control API of the portal at this address. */
  of(url: string): Control {
    return new Control(url, this.token);
  }

  /** Makes one call. path begins behind /__mock. */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const url = new URL(`${this.url}/__mock${path}`);
    const headers = {...(body && {'Content-Type': 'application/json'}), ...(this.token && {'X-Mock-Token': this.token})};
    const answer = await send(method, url, headers, body && JSON.stringify(body)).catch((error: Error) => {
      throw new Error(`mock-docspace does not answer at ${this.url}: ${error.message}: is it stopped?`, {cause: error});
    });
    const text = answer.body.toString();
    if (answer.status >= 300) {
      throw new ControlError(`${method} /__mock${path}`, answer.status, errorOf(answer.status, text));
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

function errorOf(status: number, text: string): contract.Error {
  try {
    const body = JSON.parse(text) as Partial<contract.Error> | null;
    if (typeof body?.message === 'string') {
      return {...body, message: body.message};
    }
  } catch {
    // It is not from mock-docspace.
  }
  return {message: `status ${status}, which mock-docspace does not answer like that: ${text.slice(0, 200)}`};
}
