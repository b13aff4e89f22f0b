/** Who makes a request, by the claims of the token. A `subject`, a `client_id` or both are known. */
export interface Caller {
  /** The `sub` claim: a person or, if it equals `client_id`, a program. */
  readonly subject: string | null;
  /** The program that the token was issued to. */
  readonly client_id: string | null;
  /** The verified email address of a person; null for a program, and for a person whose token has none. */
  readonly name: string | null;
}

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

/** One line of visible text. */
const NAME = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,128}$/u;

/**
 * The one claim that names a person: the verified email address. People can edit what other claims hold, at most issuers.
 * API Gateway passes `true` on as text. Cognito's access tokens have no `email_verified`: the sign-in function adds only a
 * verified address to them.
 *
 * @param claims of a verified access token
 */
export function verifiedName({ email, email_verified, token_use }: Readonly<Record<string, unknown>>) {
  const isVerified = email_verified === true || email_verified === 'true';
  if (!isVerified && !(email_verified === undefined && token_use === 'access')) return null;
  const name = typeof email === 'string' ? email.trim() : '';
  return NAME.test(name) ? name : null;
}
