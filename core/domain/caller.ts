import * as z from 'zod/mini';

/** Who makes a request, by the claims of the token. A `subject`, a `client_id` or both are known. */
export interface Caller {
  /** The `sub` claim: a person or, if it equals `client_id`, a program. */
  readonly subject: string | null;
  /** The program that the token was issued to. */
  readonly client_id: string | null;
  /** A name that people can read; null if the token has none, which is usual for programs. */
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
