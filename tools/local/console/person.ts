import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';

const configurationSchema = z.object({
  client_id: z.string(),
  scopes: z.array(z.string()),
  redirect_path: z.string(),
});
const tokensSchema = z.object({ access_token: z.string() });

/** A person who is signed in to the local stack. */
export interface Person {
  /** @throws Error if the answer is not 2xx */
  ask(method: string, path: string, body: object): Promise<void>;
}

/**
 * Signs in at the local sign-in page, as a browser does.
 * @param username one of the people who can sign in to the local stack
 * @throws Error if they cannot
 */
export async function signIn(url: string, username: string): Promise<Person> {
  const { client_id, scopes, redirect_path } = configurationSchema.parse(
    await (await fetch(`${url}/config.json`)).json(),
  );
  const redirect_uri = url + redirect_path;
  const code_verifier = randomBytes(32).toString('base64url');
  const chosen = await post(`${url}/oauth2/authorize`, {
    response_type: 'code',
    client_id,
    redirect_uri,
    scope: scopes.join(' '),
    code_challenge: createHash('sha256').update(code_verifier).digest('base64url'),
    code_challenge_method: 'S256',
    person: username,
  });
  const code = URL.parse(chosen.headers.get('location') ?? '')?.searchParams.get('code') ?? '';
  const exchange = { grant_type: 'authorization_code', client_id, redirect_uri, code, code_verifier };
  const answer = await post(`${url}/oauth2/token`, exchange);
  if (!answer.ok) throw new Error(`No token for ${username}: ${answer.status}`);
  const { access_token } = tokensSchema.parse(await answer.json());
  const headers = { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' };
  return {
    async ask(method, path, body) {
      const { ok, status } = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
      if (!ok) throw new Error(`the answer was ${status}`);
    },
  };
}

function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}
