import type { HttpRequest } from '../http/http-event.ts';

/**
 * The origin at which the browser sees the server: that of the server, of a development server in front of it, or of a
 * forwarded port. The gateway has refused all hosts that are not allowed, so a foreign page cannot redirect a sign-in to itself.
 */
export function originOf({ headers }: HttpRequest): string {
  const [host = ''] = headers.get('x-forwarded-host') ?? headers.get('host') ?? [];
  const [scheme = 'http'] = headers.get('x-forwarded-proto') ?? [];
  return `${scheme === 'https' ? 'https' : 'http'}://${host}`;
}

/** The addresses of the deployed page with their paths at the local origin. */
export function onThisMachine(addresses: readonly string[], origin: string): string[] {
  return addresses.map((address) => {
    const { pathname, search } = new URL(address);
    return `${origin}${pathname}${search}`;
  });
}
