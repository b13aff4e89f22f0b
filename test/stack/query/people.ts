/** People who use the page: it is served, they sign in as the page does, and they have the rights of their groups. */
import { describe, expect, test } from 'vitest';
import { call } from '../http-call.ts';
import { QueryClient } from './calls.ts';
import { ACKNOWLEDGEMENT, NOBODY, REDRAW, stack } from './scene.ts';
import { choose, post, readConfiguration, signIn, type Tokens } from './sign-in.ts';

const ASKED: [what: string, method: string, path: string][] = [
  ['read', 'GET', `/v1/transactions/${REDRAW}`],
  ['acknowledge', 'PUT', ACKNOWLEDGEMENT(REDRAW)],
  ['reconcile', 'POST', `/v1/transactions/${NOBODY}/reconcile`],
  ['see results', 'GET', `/v1/transactions/${NOBODY}/results`],
  ['list quarantine', 'GET', '/v1/quarantine'],
  ['register orders', 'PUT', `/v1/orders/${NOBODY}`],
];

/** The requests that the API allows the bearer: all that it does not answer with 401 or 403. */
async function allowed(token: string): Promise<string[]> {
  const client = new QueryClient(stack.url, token);
  const answers = await Promise.all(
    ASKED.map(([, method, path]) => client.ask(path, method === 'GET' ? {} : { method, body: '{}' })),
  );
  return ASKED.filter((_, index) => ![401, 403].includes(answers[index]?.status ?? 0)).map(([what]) => what);
}

export function people(): void {
  describe('people', () => {
    test("get the page at every path that is not the API's, and at no other", async () => {
      for (const path of ['/', `/transactions/${REDRAW}`, '/v2/transactions', '/v1']) {
        const { status, headers, text } = await call(stack.url + path);
        expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
        expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
        expect(text).toMatch(/<script type="module"[^>]* src="\/assets\/[\w-]+\.js">/);
        expect((await call(stack.url + path, { method: 'HEAD' })).status).toBe(200);
        expect((await call(stack.url + path, { method: 'POST' })).status).toBe(404);
      }
    });

    test('load the files of the page, which are cached permanently', async () => {
      const { text } = await call(stack.url);
      const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
      expect(files.length).toBeGreaterThan(0);
      for (const path of files) {
        const { status, headers } = await call(stack.url + path);
        expect([path, status, headers['cache-control']]).toEqual([
          path,
          200,
          'public,max-age=31536000,immutable',
        ]);
      }
    });

    test.each([
      ['vera', ['read']],
      ['olivia', ['read', 'acknowledge', 'reconcile']],
      ['clara', ['read', 'acknowledge', 'reconcile', 'see results']],
      ['max', ['read', 'acknowledge', 'reconcile', 'see results', 'list quarantine']],
    ])('%s may use %j', async (person, may) => {
      expect(await allowed((await signIn(stack.url, person)).access_token)).toEqual(may);
    });

    test('may not use the API with an ID token or a refresh token', async () => {
      const { id_token, refresh_token } = await signIn(stack.url, 'max');
      expect([await allowed(id_token), await allowed(refresh_token)]).toEqual([[], []]);
    });

    test('continue after an hour with new tokens, once per refresh token', async () => {
      const { token_endpoint, client_id } = await readConfiguration(stack.url);
      const renewal = {
        grant_type: 'refresh_token',
        client_id,
        refresh_token: (await signIn(stack.url, 'vera')).refresh_token,
      };
      const { status, json } = await post(token_endpoint, renewal);
      expect([status, await allowed((json as Tokens).access_token)]).toEqual([200, ['read']]);
      expect((await post(token_endpoint, renewal)).json).toEqual({ error: 'invalid_grant' });
    });

    test('are refused with a wrong verifier, a used code, or another address than the page’s', async () => {
      const { token_endpoint } = await readConfiguration(stack.url);
      const wrong = (await choose(stack.url, 'vera')).exchange;
      const { status, json } = await post(token_endpoint, { ...wrong, code_verifier: 'x'.repeat(43) });
      expect([status, json]).toEqual([400, { error: 'invalid_grant' }]);

      const twice = (await choose(stack.url, 'vera')).exchange;
      expect((await post(token_endpoint, twice)).status).toBe(200);
      expect((await post(token_endpoint, twice)).json).toEqual({ error: 'invalid_grant' });

      const elsewhere = await choose(stack.url, 'vera', { redirect_uri: 'https://evil.example/signed-in' });
      expect([elsewhere.status, elsewhere.exchange.code]).toEqual([400, '']);
    });
  });
}
