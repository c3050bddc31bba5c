import * as http from 'node:http';
import * as https from 'node:https';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** How long nothing may arrive, in milliseconds. */
const patience = 60_000;

/**
 * Sends one request on a connection of its own. It is not fetch: a test may have replaced that, and jsdom has none.
 */
export function send(method: string, url: URL, headers: http.OutgoingHttpHeaders = {}, body?: string, timeout = patience): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {method, timeout, agent: false as const, headers: body === undefined ? headers : {...headers, 'Content-Length': Buffer.byteLength(body)}};
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => resolve({status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts)}));
    });
    request.on('error', reject);
    request.on('timeout', () => request.destroy(new Error(`nothing has arrived for ${timeout / 1000} s`)));
    request.end(body);
  });
}
