import type { HttpRequest } from '../http/http-event.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The origin that a browser on this machine sees this server at: by any of the machine's names for itself, or through a
 * development server in front of it.
 *
 * @returns a name that nothing is at, where another host was asked for: a page of somebody else's must not get through
 */
export function originOf(request: HttpRequest): string {
  const host = request.headers.get('host')?.[0] ?? '127.0.0.1';
  const url = URL.parse(`http://${host}`);
  return url && loopback.has(url.hostname) ? url.origin : 'http://elsewhere.invalid';
}

/** Addresses of the template's page as they are here: the same paths at this origin. */
export function onThisMachine(addresses: readonly string[], origin: string): string[] {
  return addresses.map((address) => {
    const { pathname, search } = new URL(address);
    return `${origin}${pathname}${search}`;
  });
}
