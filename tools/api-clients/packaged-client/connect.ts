import { type Client, createClient } from '../generated/hey-api/client/index.js';

/** How a program reaches a deployment. */
export interface Connection {
  /** The address of the API: the output `ApiUrl`. */
  readonly url: string;
  /** The token endpoint: the output `TokenEndpoint`. By default `/oauth2/token` of the API, as on the local stack. */
  readonly tokenEndpoint?: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The scopes that the program needs; by default all that it may have. */
  readonly scopes?: readonly string[];
  /** How often a request is repeated that may succeed later; 3 times by default. */
  readonly retries?: number;
}

/** A new token is requested this long before the old one expires (ms). */
const MARGIN = 60_000;

/** By these, the API says that the same request may succeed later. It says when with `Retry-After`. */
const MAY_SUCCEED_LATER = [429, 502, 503, 504];

/**
 * A client with a token of its own, which it renews. Requests that are safe to repeat, so all but POST and PATCH, are repeated
 * after 429, 502, 503, 504 and network errors.
 */
export function connect({ url, retries = 3, ...access }: Connection): Client {
  const token = renewedToken({ tokenEndpoint: `${url}/oauth2/token`, ...access });
  const retry = { limit: retries, statusCodes: MAY_SUCCEED_LATER, afterStatusCodes: MAY_SUCCEED_LATER };
  return createClient({ baseUrl: url, auth: token, kyOptions: { retry, throwHttpErrors: true } });
}

interface Token {
  readonly text: string;
  readonly until: number;
}

function renewedToken(access: Omit<Connection, 'url' | 'retries'> & { readonly tokenEndpoint: string }) {
  let token: Promise<Token> | undefined;
  return async () => {
    const current = await token?.catch(() => undefined);
    if (!current || Date.now() >= current.until) token = requestToken(access);
    return (await token)?.text;
  };
}

async function requestToken({
  tokenEndpoint,
  clientId,
  clientSecret,
  scopes,
}: Omit<Connection, 'url'> & { readonly tokenEndpoint: string }): Promise<Token> {
  const response = await fetch(tokenEndpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scopes && { scope: scopes.join(' ') }),
    }),
  });
  if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`);
  const { access_token, expires_in } = (await response.json()) as {
    access_token: string;
    expires_in: number;
  };
  return { text: access_token, until: Date.now() + expires_in * 1_000 - MARGIN };
}
