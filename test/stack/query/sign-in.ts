/** Signs in at the stack's own issuer as the page would. */
import { createHash, randomBytes } from 'node:crypto';
import { type Answer, call } from '../http-call.ts';

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

export type Tokens = Record<'access_token' | 'id_token' | 'refresh_token', string>;

const form = { 'content-type': 'application/x-www-form-urlencoded' };

export async function post(url: string, fields: Record<string, string>): Promise<Answer> {
  return call(url, { method: 'POST', headers: form, body: new URLSearchParams(fields).toString() });
}

/** What the page reads before anything else. */
export async function readConfiguration(
  stackUrl: string,
): Promise<PageConfiguration & IssuerDocument & { redirect_uri: string }> {
  const configuration = (await call(`${stackUrl}/config.json`)).json as PageConfiguration;
  const document = await call(`${configuration.issuer}/.well-known/openid-configuration`);
  return {
    ...configuration,
    ...(document.json as IssuerDocument),
    redirect_uri: stackUrl + configuration.redirect_path,
  };
}

/** Chooses somebody at the sign-in page. Gives the code that comes back, and what goes with it to the token endpoint. */
export async function choose(stackUrl: string, person: string, changed: Record<string, string> = {}) {
  const { authorization_endpoint, client_id, scopes, redirect_uri } = await readConfiguration(stackUrl);
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

export async function signIn(stackUrl: string, person: string): Promise<Tokens> {
  const { token_endpoint } = await readConfiguration(stackUrl);
  const { status, json, text } = await post(token_endpoint, (await choose(stackUrl, person)).exchange);
  if (status !== 200) throw new Error(`No tokens for ${person}: ${status} ${text}`);
  return json as Tokens;
}
