import * as z from 'zod/mini';

/** Who makes a request, by the claims of the token. A `subject`, a `client_id` or both are known. */
export interface Caller {
  /** The `sub` claim: a person or, if it equals `client_id`, a program. */
  readonly subject: string | null;
  /** The program that the token was issued to. */
  readonly client_id: string | null;
  /** The verified email address of a person; null for a program, and for a person whose token has none. */
  readonly name: string | null;
}

/** A caller as it is stored and shown. */
export const caller = z.object({
  subject: z.nullable(z.string()),
  client_id: z.nullable(z.string()),
  name: z.nullable(z.string()),
});

/** The id of the person or, without one, of the program. */
export function callerId({ subject, client_id }: Caller): string | null {
  return subject ?? client_id;
}

export function isSameCaller(one: Caller, other: Caller): boolean {
  return callerId(one) === callerId(other);
}

/** Whether the token is that of a person: a token that a program got for itself has the program as its subject. */
export function isPerson({ subject, client_id }: Caller): boolean {
  return subject !== null && subject !== client_id;
}

const nameClaims = z.object({
  /** One line of visible text. */
  email: z.catch(
    z.optional(
      z
        .string()
        .check(z.trim(), z.minLength(1), z.maxLength(128), z.regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u)),
    ),
    undefined,
  ),
  email_verified: z.catch(z.optional(z.union([z.boolean(), z.string()])), false),
  token_use: z.catch(z.optional(z.string()), undefined),
});

/**
 * The one claim that names a person: the verified email address. People can edit what other claims hold, at most issuers.
 * API Gateway passes `true` on as text. Cognito's access tokens have no `email_verified`: the sign-in function adds only a
 * verified address to them.
 *
 * @param claims of a verified access token
 */
export function verifiedName(claims: unknown): string | null {
  const { email, email_verified, token_use } = nameClaims.parse(claims);
  const isVerified = email_verified === true || email_verified === 'true';
  return isVerified || (email_verified === undefined && token_use === 'access') ? (email ?? null) : null;
}
