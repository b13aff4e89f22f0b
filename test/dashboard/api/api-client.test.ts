/** What the API client does when the API rejects its token. */
import { afterEach, expect, test, vi } from 'vitest';
import { Api, ApiProblem } from '../../../dashboard/src/api/api-client.ts';

afterEach(() => void vi.unstubAllGlobals());

interface Sent {
  readonly token: string | null;
  readonly body: unknown;
  readonly key: string | null;
}

/** A session whose token is `old`, and an API that accepts only `accepted`. */
function scene(accepted: string | null, renewedTo: string | null) {
  const sent: Sent[] = [];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? null;
    sent.push({ token, body: init.body, key: headers.get('idempotency-key') });
    return token === accepted
      ? Response.json({ id: 'note-1' })
      : Response.json({ message: 'Unauthorized' }, { status: 401 });
  });
  const session = {
    token: 'old' as string | null,
    ended: 0,
    async renew(rejected: string | null) {
      if (this.token === rejected && renewedTo !== null) this.token = renewedTo;
      return this.token !== rejected;
    },
    end() {
      this.ended += 1;
    },
  };
  return { api: new Api(session), session, sent };
}

const NOTE = { method: 'POST', body: { kind: 'note', text: 'Typed' }, idempotencyKey: 'k' } as const;

test('a change whose token was rejected is repeated as it was, with a renewed token', async () => {
  const { api, session, sent } = scene('new', 'new');
  expect(await api.json('/v1/transactions/1/notes', NOTE)).toEqual({ id: 'note-1' });
  const body = JSON.stringify(NOTE.body);
  expect(sent).toEqual(['old', 'new'].map((token) => ({ token, body, key: 'k' })));
  expect(session.ended).toBe(0);
});

test.each([
  ['nothing renews it', null, ['old']],
  ['the renewed one is rejected too', 'other', ['old', 'other']],
])('the session ends if %s', async (_, renewedTo, tokens) => {
  const { api, session, sent } = scene('new', renewedTo);
  await expect(api.json('/v1/transactions/1/notes', NOTE)).rejects.toThrow(ApiProblem);
  expect(sent.map(({ token }) => token)).toEqual(tokens);
  expect(session.ended).toBe(1);
});
