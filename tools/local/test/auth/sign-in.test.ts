import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { startTokenIssuer } from '../../auth/token-issuer.ts';
import { openDataDirectory } from '../../files/data-directory.ts';
import type { HttpResponse } from '../../http/http-response.ts';

const HOST = '127.0.0.1:8787';
const PAGE = `http://${HOST}/signed-in`;
const VERIFIER = 'a-verifier-of-more-than-forty-three-characters';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const start = new Date('2026-01-01T09:00:00Z');

const data = openDataDirectory(':memory:');
afterAll(() => data.close());

const sources: string[] = [];
const issuer = await startTokenIssuer({
  data,
  issuer: 'https://issuer.example',
  machineClients: [{ id: 'local', scopes: ['items/read'] }],
  userPoolClient: {
    id: 'page',
    callbackUrls: ['https://d1.cloudfront.net/signed-in'],
    logoutUrls: ['https://d1.cloudfront.net/'],
    scopes: ['openid', 'email', 'items/read', 'items/write'],
    groups: ['viewers'],
    accessTokenSeconds: 3600,
    refreshTokenSeconds: 12 * 3600,
    trigger: undefined,
  },
  customizeToken: async (user, scopes, source) => {
    sources.push(`${user.username} ${source}`);
    if (user.username === 'max') throw new Error('as told');
    const granted = scopes.filter((scope) => scope !== 'items/write');
    return { scopes: granted, claims: { email: user.email } };
  },
});

async function ask(
  path: string,
  form: Record<string, string>,
  minutes: number,
  host: string,
  method = 'POST',
) {
  const parameters = new URLSearchParams(form).toString();
  const answer = await issuer.handle(path, {
    method,
    url: method === 'GET' ? `${path}?${parameters}` : path,
    headers: new Map([['host', [host]]]),
    body: Buffer.from(method === 'GET' ? '' : parameters),
    sourceIp: '127.0.0.1',
    id: 'request-1',
    receivedAt: new Date(start.getTime() + minutes * 60_000),
  });
  return answer as HttpResponse;
}

const request = {
  response_type: 'code',
  client_id: 'page',
  redirect_uri: PAGE,
  scope: 'openid items/read items/write',
  state: 'the-state',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

async function authorize(changed: Record<string, string> = {}, host = HOST) {
  const { status, headers, body } = await ask(
    '/oauth2/authorize',
    { ...request, person: 'vera', ...changed },
    0,
    host,
  );
  const { location = '' } = headers;
  const sentTo = URL.parse(String(location));
  return { status, text: body.toString(), sentTo, code: sentTo?.searchParams.get('code') ?? '' };
}

async function token(form: Record<string, string>, minutes = 0) {
  const { status, body } = await ask('/oauth2/token', { client_id: 'page', ...form }, minutes, HOST);
  return { status, answer: JSON.parse(body.toString()) as Record<string, string> };
}

const exchange = (code: string, changed: Record<string, string> = {}) => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: PAGE,
  code_verifier: VERIFIER,
  ...changed,
});

const renewal = (refreshToken = '') => ({ grant_type: 'refresh_token', refresh_token: refreshToken });

const claimsOf = (jwt = '') => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

const refused = { status: 400, answer: { error: 'invalid_grant' } };

describe('sign-in', () => {
  it('shows the users whose group the template has, and keeps the parameters of the request', async () => {
    const { status, headers, body } = await ask(
      '/oauth2/authorize',
      { ...request, nonce: '"><b>' },
      0,
      HOST,
      'GET',
    );
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const html = body.toString();
    expect(html).toContain(`name="code_challenge" value="${CHALLENGE}"`);
    expect(html).not.toContain('<b>');
    expect(html.match(/\b(?:Olivia|Vera|Clara|Max|Cora)\b/g)).toEqual(['Vera', 'Max']);
  });

  it('issues tokens for a code, with the scopes that the trigger grants', async () => {
    const { status, sentTo, code } = await authorize({ nonce: 'n' });
    expect([status, `${sentTo?.origin}${sentTo?.pathname}`, sentTo?.searchParams.get('state')]).toEqual([
      302,
      PAGE,
      'the-state',
    ]);
    const { status: given, answer } = await token(exchange(code));
    expect([given, answer.token_type, answer.expires_in]).toEqual([200, 'Bearer', 3600]);
    expect(claimsOf(answer.access_token)).toMatchObject({
      iss: 'https://issuer.example',
      client_id: 'page',
      token_use: 'access',
      scope: 'openid items/read',
      'cognito:groups': ['viewers'],
    });
    expect(claimsOf(answer.id_token)).toMatchObject({
      aud: 'page',
      token_use: 'id',
      nonce: 'n',
      name: 'Vera Viewer',
      email: 'vera@example.com',
    });
    expect(claimsOf(answer.id_token)).not.toHaveProperty('scope');
    expect(sources.at(-1)).toBe('vera TokenGeneration_HostedAuth');
  });

  it('redirects to the loopback name of the request', async () => {
    const here = await authorize({ redirect_uri: 'http://localhost:5173/signed-in' }, 'localhost:5173');
    expect(here.status).toBe(302);
    expect((await authorize({}, 'localhost:8787')).status).toBe(400);
  });

  it.each<[string, Record<string, string>]>([
    ['another host', { redirect_uri: 'https://evil.example/signed-in' }],
    ['another path', { redirect_uri: `http://${HOST}/` }],
    ['a longer path', { redirect_uri: `${PAGE}/x` }],
    ['a query', { redirect_uri: `${PAGE}?next=1` }],
    ['the deployed page', { redirect_uri: 'https://d1.cloudfront.net/signed-in' }],
    ['no address', { redirect_uri: '' }],
    ['another client', { client_id: 'local' }],
  ])('does not redirect to %s', async (_, changed) => {
    const { status, sentTo, code } = await authorize(changed);
    expect([status, sentTo, code]).toEqual([400, null, '']);
  });

  it.each<[string, Record<string, string>]>([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_request', { code_challenge: '' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_scope', { scope: 'openid items/steal' }],
    ['login_required', { prompt: 'none' }],
  ])('returns the error %s for %j', async (error, changed) => {
    const { sentTo, code } = await authorize(changed);
    expect([code, sentTo?.searchParams.get('error'), sentTo?.searchParams.get('state')]).toEqual([
      '',
      error,
      'the-state',
    ]);
  });

  it('issues no token if the trigger fails', async () => {
    const { code } = await authorize({ person: 'max' });
    expect((await token(exchange(code))).answer).toMatchObject({ error: 'invalid_request' });
  });
});

describe('a code', () => {
  it('can be used once', async () => {
    const { code } = await authorize();
    expect((await token(exchange(code))).status).toBe(200);
    expect(await token(exchange(code))).toEqual(refused);
  });

  it.each<[string, Record<string, string>]>([
    ['a wrong verifier', { code_verifier: 'something else' }],
    ['no verifier', { code_verifier: '' }],
    ['the challenge for a verifier', { code_verifier: CHALLENGE }],
    ['another address', { redirect_uri: `http://${HOST}/` }],
  ])('is refused with %s, and is used up by the attempt', async (_, changed) => {
    const { code } = await authorize();
    expect(await token(exchange(code, changed))).toEqual(refused);
    expect(await token(exchange(code))).toEqual(refused);
  });

  it('is refused to another client', async () => {
    const { code } = await authorize();
    const { status, answer } = await token(exchange(code, { client_id: 'local' }));
    expect([status, answer]).toEqual([400, { error: 'invalid_client' }]);
  });

  it('is valid for five minutes', async () => {
    expect((await token(exchange((await authorize()).code), 4.99)).status).toBe(200);
    expect(await token(exchange((await authorize()).code), 5)).toEqual(refused);
  });
});

describe('a refresh token', () => {
  const signedIn = async () => (await token(exchange((await authorize()).code))).answer;

  it('issues new tokens, and is replaced', async () => {
    const first = await signedIn();
    const { status, answer } = await token(renewal(first.refresh_token), 59);
    expect([status, claimsOf(answer.access_token).scope]).toEqual([200, 'openid items/read']);
    expect(claimsOf(answer.access_token).iat - claimsOf(first.access_token).iat).toBe(59 * 60);
    expect(sources.at(-1)).toBe('vera TokenGeneration_RefreshTokens');
    expect(answer.refresh_token).not.toBe(first.refresh_token);
    expect(await token(renewal(first.refresh_token))).toEqual(refused);
    expect((await token(renewal(answer.refresh_token), 60)).status).toBe(200);
  });

  it('does not extend the sign-in', async () => {
    const { answer } = await token(renewal((await signedIn()).refresh_token), 719);
    expect(await token(renewal(answer.refresh_token), 720)).toEqual(refused);
  });

  it('is useless once the page that has it revokes it', async () => {
    const { refresh_token = '' } = await signedIn();
    const revoked = async (form: Record<string, string>) =>
      (await ask('/oauth2/revoke', { token: refresh_token, ...form }, 0, HOST)).status;
    expect(await revoked({ client_id: 'local' })).toBe(400);
    const { answer } = await token(renewal(refresh_token));
    expect(await revoked({ client_id: 'page', token: answer.refresh_token ?? '' })).toBe(200);
    expect(await token(renewal(answer.refresh_token))).toEqual(refused);
    expect(await revoked({ client_id: 'page', token: 'unknown' })).toBe(200);
  });

  it('cannot be replaced by an access token', async () => {
    const { access_token = '' } = await signedIn();
    expect(await token(renewal(access_token))).toEqual(refused);
  });
});

describe('sign-out', () => {
  it.each(['logout_uri', 'post_logout_redirect_uri'])('redirects to the page by %s', async (name) => {
    const { status, headers } = await ask(
      '/logout',
      { client_id: 'page', [name]: `http://${HOST}/` },
      0,
      HOST,
      'GET',
    );
    expect([status, headers.location]).toEqual([302, `http://${HOST}/`]);
  });

  it('redirects nowhere else', async () => {
    const { status, headers } = await ask('/logout', { logout_uri: 'https://evil.example/' }, 0, HOST, 'GET');
    expect([status, headers.location]).toEqual([400, undefined]);
  });
});
