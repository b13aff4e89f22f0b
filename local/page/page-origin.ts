import type { HttpRequest } from '../http/http-event.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The origin at which a browser on this machine sees the server: a loopback name, with the port of the server or of a
 * development server in front of it.
 * @returns an invalid origin for any other host, so that a foreign page cannot redirect a sign-in to itself
 */
export function originOf(request: HttpRequest): string {
  const host = request.headers.get('host')?.[0] ?? '127.0.0.1';
  const url = URL.parse(`http://${host}`);
  return url && loopback.has(url.hostname) ? url.origin : 'http://elsewhere.invalid';
}

/** The addresses of the deployed page with their paths at the local origin. */
export function onThisMachine(addresses: readonly string[], origin: string): string[] {
  return addresses.map((address) => {
    const { pathname, search } = new URL(address);
    return `${origin}${pathname}${search}`;
  });
}
