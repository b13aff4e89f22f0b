import { randomUUID } from 'node:crypto';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import * as z from 'zod';
import type { DataDirectory } from './data-directory.ts';
import { readJsonFile, replaceFile } from './durable-file.ts';
import { type HttpAnswer, json } from './http-answer.ts';
import type { HttpRequest } from './http-event.ts';
import { LOCAL_CLIENT_ID } from './local-names.ts';
import type { HttpApi } from './routes.ts';
import type { Template } from './template.ts';

const CLIENT_SECRET = 'local';
const TOKEN_LIFETIME_SECONDS = 3600;

export interface TokenIssuer {
  /** To check tokens with. */
  key: JWTVerifyGetKey;
  /** Answers the token endpoint and the issuer's well-known documents. */
  answer(path: string, request: HttpRequest): Promise<HttpAnswer | undefined>;
  /** @param scopes all of the client's, if none are named */
  issue(now: Date, scopes?: string[]): Promise<string>;
}

interface IssuerOptions {
  data: DataDirectory;
  issuer: string;
  scopes: string[];
}

const resourceServerSchema = z.object({
  Scopes: z.array(z.object({ ScopeName: z.string() })).default([]),
});

/** The scopes of the template's resource servers; without a user pool, those that the routes ask for. */
export function readScopes(template: Template, api: HttpApi | undefined): string[] {
  const defined = template.resources('AWS::Cognito::UserPoolResourceServer').flatMap((id) => {
    const { Scopes } = template.read(id, resourceServerSchema);
    return Scopes.map(({ ScopeName }) => `${template.nameOf(id)}/${ScopeName}`);
  });
  const asked = (api?.routes ?? []).flatMap(({ scopes }) => scopes);
  return [...new Set(defined.length > 0 ? defined : asked)];
}

/** Issues access tokens as a Cognito user pool does for a machine. Its key stays in the data directory. */
export async function startTokenIssuer({
  data,
  issuer,
  scopes: allowed,
}: IssuerOptions): Promise<TokenIssuer> {
  const jwk = await signingKey(data.file('issuer-key.json'));
  const { kty, n, e, kid } = jwk;
  const publicKey = { kty, n, e, kid, alg: 'RS256', use: 'sig' } as JWK;
  const privateKey = await importJWK(jwk, 'RS256');

  const issue = (now: Date, scopes = allowed) => {
    const seconds = Math.floor(now.getTime() / 1000);
    const claims = {
      token_use: 'access',
      scope: scopes.join(' '),
      auth_time: seconds,
      version: 2,
      client_id: LOCAL_CLIENT_ID,
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', ...(kid && { kid }) })
      .setIssuer(issuer)
      .setSubject(LOCAL_CLIENT_ID)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + TOKEN_LIFETIME_SECONDS)
      .setJti(randomUUID())
      .sign(privateKey);
  };

  async function token(request: HttpRequest): Promise<HttpAnswer> {
    if (request.method !== 'POST') return json(405, { error: 'invalid_request' });
    const form = new URLSearchParams(request.body.toString('utf8'));
    if (!isLocalClient(form, request)) return json(400, { error: 'invalid_client' });
    if (form.get('grant_type') !== 'client_credentials')
      return json(400, { error: 'unsupported_grant_type' });
    const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
    if (scopes.some((scope) => !allowed.includes(scope))) return json(400, { error: 'invalid_scope' });
    const access_token = await issue(request.receivedAt, scopes.length > 0 ? scopes : allowed);
    const headers = { 'cache-control': 'no-store' };
    return json(200, { access_token, expires_in: TOKEN_LIFETIME_SECONDS, token_type: 'Bearer' }, headers);
  }

  return {
    key: createLocalJWKSet({ keys: [publicKey] }),
    issue,
    async answer(path, request) {
      if (path === '/oauth2/token') return token(request);
      if (path === '/.well-known/jwks.json') return json(200, { keys: [publicKey] });
      if (path !== '/.well-known/openid-configuration') return undefined;
      const base = `http://${request.headers.get('host')?.[0] ?? '127.0.0.1'}`;
      return json(200, {
        issuer,
        jwks_uri: `${base}/.well-known/jwks.json`,
        token_endpoint: `${base}/oauth2/token`,
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
        scopes_supported: allowed,
        id_token_signing_alg_values_supported: ['RS256'],
      });
    },
  };
}

function isLocalClient(form: URLSearchParams, request: HttpRequest): boolean {
  const basic = /^basic\s+(.+)$/i.exec(request.headers.get('authorization')?.[0] ?? '')?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':')
    : [form.get('client_id'), form.get('client_secret')];
  return id === LOCAL_CLIENT_ID && secret === CLIENT_SECRET;
}

async function signingKey(file: string): Promise<JWK> {
  const kept = readJsonFile(file);
  if (kept !== undefined) return kept as JWK;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  jwk.kid = await calculateJwkThumbprint(jwk);
  replaceFile(file, JSON.stringify(jwk));
  return jwk;
}
