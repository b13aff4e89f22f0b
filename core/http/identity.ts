import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Caller } from '../domain/caller.ts';
import { Problem } from './problem.ts';

/** The identity in a token. API Gateway has verified the token. */
export interface Identity {
  readonly caller: Caller;
  /** Every readable name of the caller in the token; empty if there is none. */
  readonly names: readonly string[];
}

/** OpenID Connect limits `sub` to 255 ASCII characters. A client id gets the same limit, a name that of `by`. */
const id = z.catch(z.optional(z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/))), undefined);
const name = z.catch(
  z.optional(
    z.string().check(z.trim(), z.minLength(1), z.maxLength(128), z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)),
  ),
  undefined,
);

/** `azp` is what some issuers have instead of `client_id`. `username` is Cognito's. */
const claimsSchema = z.object({
  sub: id,
  client_id: id,
  azp: id,
  email: name,
  preferred_username: name,
  username: name,
  name,
});

interface JwtContext {
  readonly authorizer?: { readonly jwt?: { readonly claims?: unknown } };
}

/**
 * The identity of the caller, by the claims that the JWT authorizer passes on. Never by anything else in the request.
 *
 * @throws Problem 403 if the token names neither a subject nor a client
 */
export function identityOf({ requestContext }: APIGatewayProxyEventV2): Identity {
  const claims = (requestContext as JwtContext | undefined)?.authorizer?.jwt?.claims ?? {};
  const { sub, client_id, azp, email, preferred_username, username, name } = claimsSchema.parse(claims);
  const subject = sub ?? null;
  const client = client_id ?? azp ?? null;
  if (subject === null && client === null) {
    throw new Problem(
      403,
      'The token does not identify the caller: it has no valid sub, client_id or azp claim.',
    );
  }
  const names = [email, preferred_username, username, name].filter((one) => one !== undefined);
  return { caller: { subject, client_id: client, name: names[0] ?? null }, names };
}

/** Whether the token of a request has a scope. */
export type HasScope = (scope: string) => boolean;

const scopeClaims = z.object({
  scope: z.catch(z.optional(z.string()), undefined),
  scp: z.catch(z.optional(z.string()), undefined),
});

/** The scopes in a token, from the claims in which API Gateway looks for the scope of a route. It passes a list as `[a b]`. */
export function scopesOf({ requestContext }: APIGatewayProxyEventV2): ReadonlySet<string> {
  const claims = (requestContext as JwtContext | undefined)?.authorizer?.jwt?.claims ?? {};
  const { scope = '', scp = '' } = scopeClaims.parse(claims);
  return new Set([scope, scp].flatMap((list) => list.split(/[\s[\],]+/)).filter(Boolean));
}

/**
 * Checks that the caller does not act under the name of somebody else. A token with a name is that of a person, who acts
 * under a name in the token. A program acts for people that only it knows, so it may give any name.
 *
 * @throws Problem 403
 */
export function actingAs({ caller, names }: Identity, by: string): Caller {
  if (names.length > 0 && !names.some((known) => isSameName(known, by))) {
    throw new Problem(403, `You can act only in your own name. by must be ${names.join(' or ')}.`);
  }
  return caller;
}

/**
 * The name that the caller acts under: the given one, else the name in the token, else the program's id.
 *
 * @throws Problem 403 if the given name is that of somebody else
 */
export function actorOf(identity: Identity, given: string | undefined): { by: string; caller: Caller } {
  const { caller } = identity;
  if (given !== undefined) return { by: given, caller: actingAs(identity, given) };
  return { by: caller.name ?? caller.client_id ?? caller.subject ?? '', caller };
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
