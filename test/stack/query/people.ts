/** People at the page: it is served, they sign in as it would have them do it, and may do what their groups give. */
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Answer, call } from '../http-call.ts';
import { QueryClient } from './calls.ts';
import { ACKNOWLEDGEMENT, NOBODY, REDRAW, stack } from './scene.ts';

interface PageConfiguration {
  issuer: string;
  client_id: string;
  scopes: string[];
  redirect_path: string;
  end_session_endpoint: string;
}

interface IssuerDocument {
  authorization_endpoint: string;
  token_endpoint: string;
}

type Tokens = Record<'access_token' | 'id_token' | 'refresh_token', string>;

const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function post(url: string, fields: Record<string, string>): Promise<Answer> {
  return call(url, { method: 'POST', headers: form, body: new URLSearchParams(fields).toString() });
}

/** What the page reads before anything else. */
async function readConfiguration(): Promise<PageConfiguration & IssuerDocument & { redirect_uri: string }> {
  const configuration = (await call(`${stack.url}/config.json`)).json as PageConfiguration;
  const document = await call(`${configuration.issuer}/.well-known/openid-configuration`);
  return {
    ...configuration,
    ...(document.json as IssuerDocument),
    redirect_uri: stack.url + configuration.redirect_path,
  };
}

/** Chooses somebody at the sign-in page. Gives the code that comes back, and what goes with it to the token endpoint. */
async function choose(person: string, changed: Record<string, string> = {}) {
  const { authorization_endpoint, client_id, scopes, redirect_uri } = await readConfiguration();
  const code_verifier = randomBytes(32).toString('base64url');
  const { status, headers } = await post(authorization_endpoint, {
    response_type: 'code',
    client_id,
    redirect_uri,
    scope: scopes.join(' '),
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    code_challenge_method: 'S256',
    person,
    ...changed,
  });
  const code = URL.parse(headers.location ?? '')?.searchParams.get('code') ?? '';
  return {
    status,
    exchange: { grant_type: 'authorization_code', client_id, redirect_uri, code, code_verifier },
  };
}

async function signIn(person: string): Promise<Tokens> {
  const { token_endpoint } = await readConfiguration();
  const { status, json } = await post(token_endpoint, (await choose(person)).exchange);
  expect(status).toBe(200);
  return json as Tokens;
}

const ASKED: [what: string, method: string, path: string][] = [
  ['read', 'GET', `/v1/transactions/${REDRAW}`],
  ['acknowledge', 'PUT', ACKNOWLEDGEMENT(REDRAW)],
  ['reconcile', 'POST', `/v1/transactions/${NOBODY}/reconcile`],
  ['see results', 'GET', `/v1/transactions/${NOBODY}/results`],
  ['list quarantine', 'GET', '/v1/quarantine'],
  ['register orders', 'PUT', `/v1/orders/${NOBODY}`],
];

/** What the API lets the bearer do: everything it does not answer 401 or 403. */
async function allowed(token: string): Promise<string[]> {
  const client = new QueryClient(stack.url, token);
  const answers = await Promise.all(
    ASKED.map(([, method, path]) => client.ask(path, method === 'GET' ? {} : { method, body: '{}' })),
  );
  return ASKED.filter((_, index) => ![401, 403].includes(answers[index]?.status ?? 0)).map(([what]) => what);
}

export function people(): void {
  describe('people', () => {
    test('get the page at every address that the API does not have, and no other', async () => {
      for (const path of ['/', `/transactions/${REDRAW}`, '/v2/transactions', '/v1']) {
        const { status, headers, text } = await call(stack.url + path);
        expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
        expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
        expect(text).toMatch(/<script type="module"[^>]* src="\/assets\/[\w-]+\.js">/);
        expect((await call(stack.url + path, { method: 'HEAD' })).status).toBe(200);
        expect((await call(stack.url + path, { method: 'POST' })).status).toBe(404);
      }
    });

    test('load what the page names, for good', async () => {
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
    ])('%s may %j', async (person, may) => {
      expect(await allowed((await signIn(person)).access_token)).toEqual(may);
    });

    test('may do nothing by the token that says who they are, or by the one that renews', async () => {
      const { id_token, refresh_token } = await signIn('max');
      expect([await allowed(id_token), await allowed(refresh_token)]).toEqual([[], []]);
    });

    test('go on after an hour with new tokens, once per refresh token', async () => {
      const { token_endpoint, client_id } = await readConfiguration();
      const renewal = {
        grant_type: 'refresh_token',
        client_id,
        refresh_token: (await signIn('vera')).refresh_token,
      };
      const { status, json } = await post(token_endpoint, renewal);
      expect([status, await allowed((json as Tokens).access_token)]).toEqual([200, ['read']]);
      expect((await post(token_endpoint, renewal)).json).toEqual({ error: 'invalid_grant' });
    });

    test('are refused with a wrong verifier, a code twice, and an address that is not the page’s', async () => {
      const { token_endpoint } = await readConfiguration();
      const wrong = (await choose('vera')).exchange;
      const { status, json } = await post(token_endpoint, { ...wrong, code_verifier: 'x'.repeat(43) });
      expect([status, json]).toEqual([400, { error: 'invalid_grant' }]);

      const twice = (await choose('vera')).exchange;
      expect((await post(token_endpoint, twice)).status).toBe(200);
      expect((await post(token_endpoint, twice)).json).toEqual({ error: 'invalid_grant' });

      const elsewhere = await choose('vera', { redirect_uri: 'https://evil.example/signed-in' });
      expect([elsewhere.status, elsewhere.exchange.code]).toEqual([400, '']);
    });
  });
}
