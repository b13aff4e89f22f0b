import {
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { authorize } from '../../auth/authorizer.ts';

const rules = { issuer: 'https://issuer.example/pool', audience: ['local'], header: 'authorization' };
const now = new Date('2026-05-01T12:00:00Z');
const seconds = now.getTime() / 1000;
const valid = {
  iss: rules.issuer,
  client_id: 'local',
  scope: 'items/read items/write',
  iat: seconds - 10,
  exp: seconds + 60,
};

let key: JWTVerifyGetKey;
let sign: (claims: object) => Promise<string>;
let signByStranger: typeof sign;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  key = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'RS256' }] });
  const signer = (privateKey: CryptoKey) => (claims: object) =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(privateKey);
  sign = signer(pair.privateKey);
  signByStranger = signer(stranger.privateKey);
});

async function decide(header: string | undefined, scopes = ['items/read']) {
  return authorize(header, rules, scopes, key, now);
}

function statusOf(decision: Awaited<ReturnType<typeof decide>>): number {
  return decision.allowed ? 200 : decision.response.status;
}

describe('JWT authorizer', () => {
  it('accepts a valid token and returns its claims', async () => {
    const decision = await decide(`Bearer ${await sign(valid)}`);
    expect(decision).toMatchObject({
      allowed: true,
      authorization: { claims: { client_id: 'local' }, scopes: ['items/read', 'items/write'] },
    });
  });

  it('accepts a token without the word Bearer', async () => {
    expect(statusOf(await decide(await sign(valid)))).toBe(200);
  });

  it.each<[string, object, number]>([
    ['another issuer', { iss: 'https://elsewhere.example' }, 401],
    ['expired this second', { exp: seconds }, 401],
    ['valid for one second more', { exp: seconds + 1 }, 200],
    ['without an expiry', { exp: undefined }, 401],
    ['not valid yet', { nbf: seconds + 1 }, 401],
    ['issued in the future', { iat: seconds + 1 }, 401],
    ['another client', { client_id: 'stranger' }, 401],
    ['neither client nor audience', { client_id: undefined }, 401],
    ['the right audience', { client_id: undefined, aud: 'local' }, 200],
    ['one right audience of several', { client_id: undefined, aud: ['x', 'local'] }, 200],
    ['a wrong audience, though the client is right', { aud: 'stranger' }, 401],
    ['scopes as a list in scp', { scope: undefined, scp: ['items/read'] }, 200],
    ['another scope', { scope: 'items/write' }, 403],
    ['a scope with the same prefix', { scope: 'items/readall' }, 403],
    ['no scope', { scope: undefined }, 403],
  ])('%s: %j gives %i', async (_, claims, status) => {
    expect(statusOf(await decide(`Bearer ${await sign({ ...valid, ...claims })}`))).toBe(status);
  });

  it('requires one of several scopes, and none if the route has none', async () => {
    const token = await sign({ ...valid, scope: 'b' });
    expect(statusOf(await decide(token, ['a', 'b']))).toBe(200);
    expect(await decide(token, [])).toMatchObject({ allowed: true, authorization: { scopes: null } });
  });

  it.each([[undefined], [''], ['Bearer '], ['Bearer x'], ['Basic bG9jYWw6bG9jYWw='], ['Bearer a.b.c']])(
    'rejects %j as AWS does',
    async (header) => {
      const decision = await decide(header);
      expect(statusOf(decision)).toBe(401);
      if (decision.allowed) return;
      expect(decision.response.body.toString()).toBe('{"message":"Unauthorized"}');
      expect(decision.response.headers['www-authenticate']).toMatch(/^Bearer/);
    },
  );

  it('rejects another key and an unsigned token', async () => {
    expect(statusOf(await decide(await signByStranger(valid)))).toBe(401);
    const unsigned = [{ alg: 'none' }, valid].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    expect(statusOf(await decide(`${unsigned.join('.')}.`))).toBe(401);
  });

  it('names the missing scope', async () => {
    const decision = await decide(await sign({ ...valid, scope: 'x' }));
    expect(decision).toMatchObject({
      response: { headers: { 'www-authenticate': expect.stringContaining('items/read') } },
    });
  });
});
