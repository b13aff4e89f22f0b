/** `fetch` over the simulated network. */
import type { Carry } from './https.ts';

type Fetch = (input: unknown, init?: RequestInit) => Promise<Response>;

export function fetchOver(carry: Carry): Fetch {
  return async (input, init = {}) => {
    const url = new URL(String(input));
    const { signal } = init;
    const given = new Promise<never>((_, fail) => {
      signal?.addEventListener('abort', () => fail(signal.reason), { once: true });
    });
    const request = {
      host: url.host,
      method: init.method ?? 'GET',
      path: `${url.pathname}${url.search}`,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: String(init.body ?? ''),
    };
    const fate = await Promise.race([carry(request, () => signal?.aborted ?? false), given]);
    if (fate === 'silence') return given;
    if (typeof fate === 'string') throw new TypeError('fetch failed');
    return new Response(fate.body, { status: fate.status, headers: { ...fate.headers } });
  };
}
