import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';

/** Sends a request with headers that fetch does not let a caller set. */
export async function send(url: string, route: string, headers: OutgoingHttpHeaders, body = '') {
  const [method = '', path = ''] = route.split(' ');
  const sent = request(url + path, { method, headers }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { status: response.statusCode, text: Buffer.concat(await response.toArray()).toString() };
}

/** What a browser sends for a page of another site: its own name resolves to this machine, or it asks 127.0.0.1. */
export const FOREIGN: OutgoingHttpHeaders[] = [
  { host: 'attacker.example' },
  { 'x-forwarded-host': 'attacker.example' },
  { origin: 'http://attacker.example' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
];
