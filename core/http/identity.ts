import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type Caller, callerId, isPerson, verifiedName } from '../domain/caller.ts';
import { Problem } from './problem.ts';

/** OpenID Connect limits `sub` to 255 ASCII characters. A client id gets the same limit. */
const ID = /^[\x21-\x7e]{1,255}$/;

interface JwtContext {
  readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } };
}

const claimsOf = ({ requestContext }: APIGatewayProxyEventV2) =>
  (requestContext as JwtContext | undefined)?.authorizer?.jwt?.claims ?? {};

/**
 * The caller, by the claims that the JWT authorizer of API Gateway has verified and passes on. Never by anything else in the
 * request.
 *
 * @throws Problem 403 if the token names neither a subject nor a client
 */
export function identityOf(event: APIGatewayProxyEventV2): Caller {
  const claims = claimsOf(event);
  // `azp` is what some issuers have instead of `client_id`.
  const ids = { subject: idIn(claims.sub), client_id: idIn(claims.client_id) ?? idIn(claims.azp) };
  if (ids.subject === null && ids.client_id === null) {
    throw new Problem(
      403,
      'The token does not identify the caller: it has no valid sub, client_id or azp claim.',
    );
  }
  const known = { ...ids, name: null };
  return isPerson(known) ? { ...known, name: verifiedName(claims) } : known;
}

const idIn = (claim: unknown) => (typeof claim === 'string' && ID.test(claim) ? claim : null);

/** Whether the token of a request has a scope. */
export type HasScope = (scope: string) => boolean;

/** The scopes in a token, from the claims in which API Gateway looks for the scope of a route. It passes a list as `[a b]`. */
export function scopesOf(event: APIGatewayProxyEventV2): ReadonlySet<string> {
  const { scope, scp } = claimsOf(event);
  const lists = [scope, scp].filter((claim) => typeof claim === 'string');
  return new Set(lists.flatMap((list) => list.split(/[\s[\],]+/)).filter(Boolean));
}

/**
 * Checks that the caller does not act under the name of somebody else. A program acts for people that only it knows, so it
 * may give any name. A person acts under the verified email address in the token, and without one not at all.
 *
 * @throws Problem 403
 */
export function actingAs(caller: Caller, by: string): Caller {
  const name = requireName(caller);
  if (name !== null && !isSameName(name, by))
    throw new Problem(403, `You can act only in your own name. by must be ${name}.`);
  return caller;
}

/**
 * The name that the caller acts under: the given one, else the person's name or the program's id.
 *
 * @throws Problem 403 if the caller is a person without a name, or if the given name is that of somebody else
 */
export function actorOf(caller: Caller, given: string | undefined): { by: string; caller: Caller } {
  if (given !== undefined) return { by: given, caller: actingAs(caller, given) };
  return { by: requireName(caller) ?? callerId(caller) ?? '', caller };
}

/**
 * The name of a person; null for a program.
 *
 * @throws Problem 403 if the caller is a person without a name
 */
export function requireName(caller: Caller): string | null {
  if (isPerson(caller) && caller.name === null) {
    throw new Problem(
      403,
      'The token does not say who you are: it has no verified email address (claims email and email_verified). A person can act only under that address.',
    );
  }
  return caller.name;
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
