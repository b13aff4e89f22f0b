import type { IncomingMessage, RequestListener } from 'node:http';
import * as z from 'zod';

/** What a server on this machine trusts besides the loopback names. */
export interface Trust {
  /** Further host names, in lower case. */
  allowedHosts: readonly string[];
  /** The route that any Host reaches, for example `POST /webhooks`; a last part in braces stands for any. */
  publicRoute?: string;
}

/** The part of a request that tells who sent it. */
interface Caller {
  method: string;
  path: string;
  headers: IncomingMessage['headersDistinct'];
}

export const ALLOWED_HOSTS_RULE =
  'must be a list of host names separated by commas, without scheme, port and path, for example box.example.com';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const HOST_NAME = /^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])$/;

/** The schema of ALLOWED_HOSTS. */
export const allowedHosts = (error: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
    .refine((hosts) => hosts.every((host) => HOST_NAME.test(host)), error)
    .default([]);

/**
 * Why a server on this machine does not answer a request. A web page can send requests to 127.0.0.1, and reads the answers if
 * its own host name resolves to that address. A tunnel brings requests of anybody.
 * @returns undefined if it answers
 */
export function refusalOf(
  { method, path, headers }: Caller,
  { allowedHosts: allowed, publicRoute }: Trust,
): string | undefined {
  if (isFromForeignPage(headers, allowed))
    return 'A page of another origin may not send this request: open this address itself, or add the host name of the page to ALLOWED_HOSTS.';
  const foreign = foreignHeader(headers, allowed);
  if (foreign === undefined || isRoute(`${method} ${path}`, publicRoute)) return undefined;
  return `The ${foreign} header does not name this machine: use localhost, or add the host name to ALLOWED_HOSTS.`;
}

function isRoute(requested: string, route: string | undefined): boolean {
  if (route === undefined || !route.endsWith('}')) return requested === route;
  const folder = route.slice(0, route.lastIndexOf('/') + 1);
  return requested.startsWith(folder) && !requested.slice(folder.length).includes('/');
}

/** Runs the listener for requests that are not refused, and answers 403 to the others. */
export function forTrustedCallers(trust: Trust, listener: RequestListener): RequestListener {
  return (request, response) => {
    const { method = 'GET', url = '/', headersDistinct: headers } = request;
    const refusal = refusalOf({ method, path: url.split('?', 1)[0] ?? '', headers }, trust);
    if (refusal === undefined) return listener(request, response);
    // The body is not read, so the connection cannot be used again.
    response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ message: refusal }));
  };
}

/** Without an Origin, only the browser itself says that a page sent the request. A link to this machine may be followed. */
function isFromForeignPage(headers: Caller['headers'], allowed: readonly string[]): boolean {
  const { origin } = headers;
  if (origin) return !origin.every((text) => isAllowed(hostOfOrigin(text), allowed));
  const isFollowedLink =
    headers['sec-fetch-mode']?.[0] === 'navigate' && headers['sec-fetch-dest']?.[0] === 'document';
  return headers['sec-fetch-site']?.[0] === 'cross-site' && !isFollowedLink;
}

/** A port forwarder that replaces the Host passes the original one on. */
function foreignHeader(headers: Caller['headers'], allowed: readonly string[]): string | undefined {
  const areAllowed = (hosts: string[]) => hosts.every((host) => isAllowed(host.trim(), allowed));
  if (!areAllowed(headers.host ?? [''])) return 'Host';
  const forwarded = headers['x-forwarded-host'] ?? [];
  return areAllowed(forwarded.flatMap((text) => text.split(','))) ? undefined : 'X-Forwarded-Host';
}

function isAllowed(host: string, allowed: readonly string[]): boolean {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  return LOOPBACK.includes(name) || allowed.includes(name);
}

function hostOfOrigin(origin: string): string {
  return /^https?:\/\/([^/]*)$/.exec(origin)?.[1] ?? '';
}
