import { createHash } from 'node:crypto';
import { type HttpRequest, splitUrl } from '../http/http-event.ts';
import { type HttpResponse, json } from '../http/http-response.ts';
import { onThisMachine, originOf } from '../page/page-origin.ts';
import { oneTimeCodes } from './one-time-codes.ts';
import type { TokenGrant } from './pre-token-trigger.ts';
import { refusalPage, signInPage } from './sign-in-page.ts';
import type { SigningKey } from './signing-key.ts';
import type { UserPoolClient } from './user-pool-client.ts';
import { type LocalUser, localUsers } from './users.ts';

export interface SignIn {
  /** Shows the users, and redirects with a code when one is chosen. */
  authorize(request: HttpRequest): HttpResponse;
  /** Tokens for a code, or for a refresh token. */
  token(form: URLSearchParams, request: HttpRequest): Promise<HttpResponse>;
  /** Makes a refresh token useless. */
  revoke(request: HttpRequest): HttpResponse;
  userInfo(claims: Record<string, unknown>): HttpResponse;
  signOut(request: HttpRequest): HttpResponse;
}

export interface SignInOptions {
  client: UserPoolClient;
  key: SigningKey;
  /** What the template's trigger decides about a token with these scopes. Rejects if the trigger fails. */
  customizeToken(user: LocalUser, scopes: string[], source: string): Promise<TokenGrant>;
}

/** The sign-in behind a code or a refresh token. */
interface Grant {
  user: LocalUser;
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
 * Sign-in like that of a Cognito user pool: authorization code with PKCE (RFC 6749, 7636), for the user pool client of
 * the page. Codes and refresh tokens can be used once, and end with the process.
 */
export function startSignIn({ client, key, customizeToken }: SignInOptions): SignIn {
  const users = localUsers(client.groups);
  const codes = oneTimeCodes<Code>();
  const refreshTokens = oneTimeCodes<Grant>();

  function authorize(request: HttpRequest): HttpResponse {
    const requested = parametersOf(request);
    const redirectUri = requested.get('redirect_uri') ?? '';
    if (requested.get('client_id') !== client.id) return refusalPage('The client is unknown (client_id).');
    if (!onThisMachine(client.callbackUrls, originOf(request)).includes(redirectUri))
      return refusalPage('The redirect address is not allowed (redirect_uri).');
    const error = errorOf(requested);
    if (error) return redirectTo(redirectUri, { error, state: requested.get('state') });
    const user = users.find(({ username }) => username === requested.get('person'));
    if (request.method !== 'POST' || !user) return signInPage(users, withoutChoice(requested));
    const { receivedAt } = request;
    const grant = {
      user,
      scopes: scopesOf(requested),
      signedInAt: receivedAt,
      nonce: requested.get('nonce'),
    };
    const challenge = requested.get('code_challenge') ?? '';
    const expires = receivedAt.getTime() + CODE_LIFETIME_MS;
    const code = codes.issue({ grant, redirectUri, challenge }, expires, receivedAt);
    return redirectTo(redirectUri, { code, state: requested.get('state') });
  }

  function errorOf(requested: URLSearchParams): string | undefined {
    if (requested.get('response_type') !== 'code') return 'unsupported_response_type';
    if (!requested.get('code_challenge') || requested.get('code_challenge_method') !== 'S256')
      return 'invalid_request';
    if (scopesOf(requested).some((scope) => !client.scopes.includes(scope))) return 'invalid_scope';
    return requested.get('prompt') === 'none' ? 'login_required' : undefined;
  }

  async function token(form: URLSearchParams, { receivedAt }: HttpRequest): Promise<HttpResponse> {
    if (form.get('client_id') !== client.id) return json(400, { error: 'invalid_client' });
    const refreshing = form.get('grant_type') === 'refresh_token';
    const grant = refreshing
      ? refreshTokens.redeem(form.get('refresh_token'), receivedAt)
      : redeemCode(form, receivedAt);
    if (!grant) return json(400, { error: 'invalid_grant' });
    const source = refreshing ? 'TokenGeneration_RefreshTokens' : 'TokenGeneration_HostedAuth';
    let customized: TokenGrant;
    try {
      customized = await customizeToken(grant.user, grant.scopes, source);
    } catch (error) {
      return json(400, {
        error: 'invalid_request',
        error_description: `PreTokenGeneration failed: ${error}`,
      });
    }
    return json(200, await tokensFor(grant, customized, receivedAt), { 'cache-control': 'no-store' });
  }

  function redeemCode(form: URLSearchParams, now: Date): Grant | undefined {
    const code = codes.redeem(form.get('code'), now);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits = code?.redirectUri === form.get('redirect_uri') && code.challenge === challenge;
    return fits ? code.grant : undefined;
  }

  async function tokensFor(grant: Grant, { scopes, claims }: TokenGrant, now: Date) {
    const { user, signedInAt } = grant;
    const lifetime = client.accessTokenSeconds;
    const shared = {
      sub: user.sub,
      auth_time: Math.floor(signedInAt.getTime() / 1000),
      ...(user.groups.length > 0 && { 'cognito:groups': user.groups }),
    };
    const access = {
      ...claims,
      ...shared,
      token_use: 'access',
      version: 2,
      client_id: client.id,
      username: user.username,
      scope: scopes.join(' '),
    };
    const identity = {
      ...shared,
      ...profileOf(user),
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

  /** Renewing tokens does not extend the sign-in. */
  function newRefreshToken(grant: Grant, now: Date): string {
    const expires = grant.signedInAt.getTime() + client.refreshTokenSeconds * 1000;
    return refreshTokens.issue(grant, expires, now);
  }

  return {
    authorize,
    token,
    // An unknown token is no error: https://www.rfc-editor.org/rfc/rfc7009#section-2.2
    revoke(request) {
      if (request.method !== 'POST') return json(405, { error: 'invalid_request' });
      const form = parametersOf(request);
      if (form.get('client_id') !== client.id) return json(400, { error: 'invalid_client' });
      if (!form.get('token')) return json(400, { error: 'invalid_request' });
      refreshTokens.revoke(form.get('token'));
      return { status: 200, headers: { 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
    },
    userInfo(claims) {
      const user = users.find(({ sub }) => sub === claims.sub);
      return user ? json(200, { sub: user.sub, ...profileOf(user) }) : json(401, { error: 'invalid_token' });
    },
    signOut(request) {
      const requested = parametersOf(request);
      // The parameter of Cognito, then the one of OpenID Connect.
      const target = requested.get('logout_uri') ?? requested.get('post_logout_redirect_uri') ?? '';
      if (!onThisMachine(client.logoutUrls, originOf(request)).includes(target))
        return refusalPage('The logout address is not allowed (logout_uri).');
      return redirectTo(target, { state: requested.get('state') });
    },
  };
}

function profileOf({ username, name, email }: LocalUser) {
  return { name, email, email_verified: true, 'cognito:username': username };
}

function parametersOf({ method, url, body }: HttpRequest): URLSearchParams {
  return new URLSearchParams(method === 'POST' ? body.toString('utf8') : splitUrl(url).query);
}

function scopesOf(requested: URLSearchParams): string[] {
  return (requested.get('scope') ?? '').split(' ').filter(Boolean);
}

function withoutChoice(requested: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...requested].filter(([name]) => name !== 'person'));
}

function redirectTo(address: string, parameters: Record<string, string | null>): HttpResponse {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}
