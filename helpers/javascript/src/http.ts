import * as http from 'node:http';
import * as https from 'node:https';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** How long a server may say nothing, in ms. */
const patience = 60_000;

/**
 * Sends one request on a connection of its own. It is not fetch: a test may have replaced that, and jsdom has none.
 */
export function send(method: string, url: URL, headers: http.OutgoingHttpHeaders = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {method, agent: false as const, headers: body === undefined ? headers : {...headers, 'Content-Length': Buffer.byteLength(body)}};
    const request = (url.protocol === 'https:' ? https : http).request(url, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => resolve({status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts)}));
    });
    request.on('error', reject);
    request.setTimeout(patience, () => request.destroy(new Error(`no answer within ${patience / 1000} s`)));
    request.end(body);
  });
}
