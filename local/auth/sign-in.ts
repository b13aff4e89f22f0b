import { createHash } from 'node:crypto';
import { type HttpRequest, splitUrl } from '../http/http-event.ts';
import { type HttpAnswer, json } from '../http/http-response.ts';
import { onThisMachine, originOf } from '../page/page-origin.ts';
import { oneTimeTexts } from './one-time-codes.ts';
import { refusalPage, signInPage } from './sign-in-page.ts';
import type { IssuerKey } from './signing-key.ts';
import type { PageClient } from './user-pool-client.ts';
import { type LocalPerson, localPeople } from './users.ts';

export interface SignIn {
  /** The page that people sign in at, and its answer. */
  authorize(request: HttpRequest): HttpAnswer;
  /** Tokens for a code, or for a refresh token. */
  token(form: URLSearchParams, request: HttpRequest): Promise<HttpAnswer>;
  userInfo(claims: Record<string, unknown>): HttpAnswer;
  signOut(request: HttpRequest): HttpAnswer;
}

export interface SignInOptions {
  client: PageClient;
  key: IssuerKey;
  /** What is left of the scopes asked for: the template's trigger decides. Rejects where it fails. */
  allow(person: LocalPerson, scopes: string[], source: string): Promise<string[]>;
}

/** What a code or a refresh token stands for. */
interface Grant {
  person: LocalPerson;
  scopes: string[];
  signedInAt: Date;
  nonce: string | null;
}

interface Code {
  grant: Grant;
  redirectUri: string;
  challenge: string;
}

const CODE_LIFETIME_MS = 5 * 60_000;

/**
 * People signing in as at a Cognito user pool: authorization code with PKCE (RFC 6749, 7636), for the template's page
 * client. Codes and refresh tokens are good once, and gone with the process.
 */
export function startSignIn({ client, key, allow }: SignInOptions): SignIn {
  const people = localPeople(client.groups);
  const codes = oneTimeTexts<Code>();
  const refreshTokens = oneTimeTexts<Grant>();

  function authorize(request: HttpRequest): HttpAnswer {
    const asked = parametersOf(request);
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== client.id) return refusalPage('The page is not known here (client_id).');
    if (!onThisMachine(client.callbackUrls, originOf(request)).includes(redirectUri))
      return refusalPage('The address to go back to is not one of the page’s (redirect_uri).');
    const error = faultOf(asked);
    if (error) return backTo(redirectUri, { error, state: asked.get('state') });
    const person = people.find(({ username }) => username === asked.get('person'));
    if (request.method !== 'POST' || !person) return signInPage(people, withoutPerson(asked));
    const { receivedAt } = request;
    const grant = { person, scopes: scopesIn(asked), signedInAt: receivedAt, nonce: asked.get('nonce') };
    const challenge = asked.get('code_challenge') ?? '';
    const expires = receivedAt.getTime() + CODE_LIFETIME_MS;
    const code = codes.give({ grant, redirectUri, challenge }, expires, receivedAt);
    return backTo(redirectUri, { code, state: asked.get('state') });
  }

  function faultOf(asked: URLSearchParams): string | undefined {
    if (asked.get('response_type') !== 'code') return 'unsupported_response_type';
    if (!asked.get('code_challenge') || asked.get('code_challenge_method') !== 'S256')
      return 'invalid_request';
    if (scopesIn(asked).some((scope) => !client.scopes.includes(scope))) return 'invalid_scope';
    return asked.get('prompt') === 'none' ? 'login_required' : undefined;
  }

  async function token(form: URLSearchParams, { receivedAt }: HttpRequest): Promise<HttpAnswer> {
    if (form.get('client_id') !== client.id) return json(400, { error: 'invalid_client' });
    const refreshing = form.get('grant_type') === 'refresh_token';
    const grant = refreshing
      ? refreshTokens.take(form.get('refresh_token'), receivedAt)
      : takeCode(form, receivedAt);
    if (!grant) return json(400, { error: 'invalid_grant' });
    const source = refreshing ? 'TokenGeneration_RefreshTokens' : 'TokenGeneration_HostedAuth';
    let scopes: string[];
    try {
      scopes = await allow(grant.person, grant.scopes, source);
    } catch (error) {
      return json(400, {
        error: 'invalid_request',
        error_description: `PreTokenGeneration failed: ${error}`,
      });
    }
    return json(200, await tokensFor(grant, scopes, receivedAt), { 'cache-control': 'no-store' });
  }

  function takeCode(form: URLSearchParams, now: Date): Grant | undefined {
    const code = codes.take(form.get('code'), now);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits = code?.redirectUri === form.get('redirect_uri') && code.challenge === challenge;
    return fits ? code.grant : undefined;
  }

  async function tokensFor(grant: Grant, scopes: string[], now: Date) {
    const { person, signedInAt } = grant;
    const lifetime = client.accessTokenSeconds;
    const shared = {
      sub: person.sub,
      auth_time: Math.floor(signedInAt.getTime() / 1000),
      ...(person.groups.length > 0 && { 'cognito:groups': person.groups }),
    };
    const access = {
      ...shared,
      token_use: 'access',
      version: 2,
      client_id: client.id,
      username: person.username,
      scope: scopes.join(' '),
    };
    const identity = {
      ...shared,
      ...whoIs(person),
      token_use: 'id',
      aud: client.id,
      ...(grant.nonce !== null && { nonce: grant.nonce }),
    };
    return {
      access_token: await key.sign(access, now, lifetime),
      ...(grant.scopes.includes('openid') && { id_token: await key.sign(identity, now, lifetime) }),
      refresh_token: newRefreshToken(grant, now),
      expires_in: lifetime,
      token_type: 'Bearer',
    };
  }

  /** A sign-in ends when it was to end, however often its tokens are renewed. */
  function newRefreshToken(grant: Grant, now: Date): string {
    const expires = grant.signedInAt.getTime() + client.refreshTokenSeconds * 1000;
    return refreshTokens.give(grant, expires, now);
  }

  return {
    authorize,
    token,
    userInfo(claims) {
      const person = people.find(({ sub }) => sub === claims.sub);
      return person
        ? json(200, { sub: person.sub, ...whoIs(person) })
        : json(401, { error: 'invalid_token' });
    },
    signOut(request) {
      const asked = parametersOf(request);
      // Cognito's parameter, then that of OpenID Connect.
      const back = asked.get('logout_uri') ?? asked.get('post_logout_redirect_uri') ?? '';
      if (!onThisMachine(client.logoutUrls, originOf(request)).includes(back))
        return refusalPage('The address to go to after signing out is not one of the page’s (logout_uri).');
      return backTo(back, { state: asked.get('state') });
    },
  };
}

function whoIs({ username, name, email }: LocalPerson) {
  return { name, email, email_verified: true, 'cognito:username': username };
}

function parametersOf({ method, url, body }: HttpRequest): URLSearchParams {
  return new URLSearchParams(method === 'POST' ? body.toString('utf8') : splitUrl(url).query);
}

function scopesIn(asked: URLSearchParams): string[] {
  return (asked.get('scope') ?? '').split(' ').filter(Boolean);
}

function withoutPerson(asked: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...asked].filter(([name]) => name !== 'person'));
}

function backTo(address: string, parameters: Record<string, string | null>): HttpAnswer {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}
