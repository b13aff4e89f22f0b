import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import type { HttpRequest } from '../http/http-event.ts';
import { type HttpResponse, json } from '../http/http-response.ts';
import { originOf } from '../page/page-origin.ts';
import type { HttpApi } from '../runtime/routes.ts';
import type { Template } from '../template/template.ts';
import { LOCAL_CLIENT_ID, type MachineClient } from './machine-clients.ts';
import { type SignInOptions, startSignIn } from './sign-in.ts';
import { openSigningKey } from './signing-key.ts';
import type { UserPoolClient } from './user-pool-client.ts';

const CLIENT_SECRET = 'local';
const TOKEN_LIFETIME_SECONDS = 3600;

export interface TokenIssuer {
  /** Verifies tokens. */
  key: JWTVerifyGetKey;
  /**
   * Serves the endpoints of the issuer: tokens, well-known documents, sign-in and sign-out.
   * @returns undefined for any other path
   */
  handle(path: string, request: HttpRequest): Promise<HttpResponse | undefined>;
  /** A token of the client of this machine, with all its scopes. */
  issue(now: Date): Promise<string>;
}

interface IssuerOptions {
  data: DataDirectory;
  issuer: string;
  /** The client of this machine, and those of the template. */
  machineClients: MachineClient[];
  /** undefined if the template has no sign-in. */
  userPoolClient: UserPoolClient | undefined;
  customizeToken: SignInOptions['customizeToken'];
}

const resourceServerSchema = z.object({
  Scopes: z.array(z.object({ ScopeName: z.string() })).default([]),
});

/** The scopes of the template's resource servers or, without a user pool, of its routes. */
export function readScopes(template: Template, api: HttpApi | undefined): string[] {
  const defined = template.resources('AWS::Cognito::UserPoolResourceServer').flatMap((id) => {
    const { Scopes } = template.read(id, resourceServerSchema);
    return Scopes.map(({ ScopeName }) => `${template.nameOf(id)}/${ScopeName}`);
  });
  const required = (api?.routes ?? []).flatMap(({ scopes }) => scopes);
  return [...new Set(defined.length > 0 ? defined : required)];
}

/** The issuer that the routes trust. */
export function issuerOf(api: HttpApi | undefined): string {
  const issuers = new Set((api?.routes ?? []).flatMap(({ authorizer }) => authorizer?.issuer ?? []));
  if (issuers.size > 1)
    throw new Problem(
      `The local run supports one token issuer; the template has ${[...issuers].join(', ')}.`,
    );
  return [...issuers][0] ?? 'https://issuer.invalid';
}

/** Issues tokens like a Cognito user pool: to machine clients and, if the template has a client for them, to users. */
export async function startTokenIssuer(options: IssuerOptions): Promise<TokenIssuer> {
  const { data, issuer, machineClients, userPoolClient, customizeToken } = options;
  const key = await openSigningKey(data, issuer);
  const signIn = userPoolClient && startSignIn({ client: userPoolClient, key, customizeToken });

  const issue = (id: string, scopes: string[], now: Date) => {
    const claims = {
      sub: id,
      token_use: 'access',
      scope: scopes.join(' '),
      auth_time: Math.floor(now.getTime() / 1000),
      version: 2,
      client_id: id,
    };
    return key.sign(claims, now, TOKEN_LIFETIME_SECONDS);
  };

  async function token(request: HttpRequest): Promise<HttpResponse> {
    if (request.method !== 'POST') return json(405, { error: 'invalid_request' });
    const form = new URLSearchParams(request.body.toString('utf8'));
    const grantType = form.get('grant_type') ?? '';
    if (signIn && ['authorization_code', 'refresh_token'].includes(grantType))
      return signIn.token(form, request);
    const client = authenticated(machineClients, form, request);
    if (!client) return json(400, { error: 'invalid_client' });
    if (grantType !== 'client_credentials') return json(400, { error: 'unsupported_grant_type' });
    const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
    if (scopes.some((scope) => !client.scopes.includes(scope))) return json(400, { error: 'invalid_scope' });
    const access_token = await issue(
      client.id,
      scopes.length > 0 ? scopes : client.scopes,
      request.receivedAt,
    );
    const headers = { 'cache-control': 'no-store' };
    return json(200, { access_token, expires_in: TOKEN_LIFETIME_SECONDS, token_type: 'Bearer' }, headers);
  }

  async function userInfo(request: HttpRequest): Promise<HttpResponse> {
    const bearer = request.headers.get('authorization')?.[0]?.replace(/^bearer\s+/i, '') ?? '';
    try {
      const { payload } = await jwtVerify(bearer, key.key, { issuer, currentDate: request.receivedAt });
      return signIn?.userInfo(payload) ?? json(404, { error: 'not_found' });
    } catch {
      return json(401, { error: 'invalid_token' }, { 'www-authenticate': 'Bearer error="invalid_token"' });
    }
  }

  function configuration(request: HttpRequest): HttpResponse {
    const base = originOf(request);
    return json(200, {
      issuer,
      jwks_uri: `${base}/.well-known/jwks.json`,
      token_endpoint: `${base}/oauth2/token`,
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      scopes_supported: [
        ...new Set(
          [...machineClients, ...(userPoolClient ? [userPoolClient] : [])].flatMap(({ scopes }) => scopes),
        ),
      ],
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['public'],
      ...(signIn && {
        authorization_endpoint: `${base}/oauth2/authorize`,
        userinfo_endpoint: `${base}/oauth2/userInfo`,
        revocation_endpoint: `${base}/oauth2/revoke`,
        end_session_endpoint: `${base}/logout`,
        response_types_supported: ['code'],
        code_challenge_methods_supported: ['S256'],
        grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      }),
    });
  }

  return {
    key: key.key,
    async issue(now) {
      const own = machineClients.find(({ id }) => id === LOCAL_CLIENT_ID);
      return issue(LOCAL_CLIENT_ID, own?.scopes ?? [], now);
    },
    async handle(path, request) {
      if (path === '/oauth2/token') return token(request);
      if (path === '/.well-known/jwks.json') return json(200, { keys: [key.published] });
      if (path === '/.well-known/openid-configuration') return configuration(request);
      if (path === '/oauth2/authorize') return signIn?.authorize(request);
      if (path === '/oauth2/revoke') return signIn?.revoke(request);
      if (path === '/oauth2/userInfo') return userInfo(request);
      return path === '/logout' ? signIn?.signOut(request) : undefined;
    },
  };
}

/** The client with this id and secret. */
function authenticated(clients: MachineClient[], form: URLSearchParams, request: HttpRequest) {
  const basic = /^basic +([\w+/=-]+)$/i.exec(request.headers.get('authorization')?.[0] ?? '')?.[1];
  const [id, secret] = basic
    ? Buffer.from(basic, 'base64').toString('utf8').split(':')
    : [form.get('client_id'), form.get('client_secret')];
  return secret === CLIENT_SECRET ? clients.find((client) => client.id === id) : undefined;
}
