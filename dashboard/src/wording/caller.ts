import type { Redraw } from '../api/answers.ts';
import type { Person } from '../session/session.ts';

type Acted = Pick<NonNullable<Redraw['acknowledgement']>, 'by' | 'caller'>;
export type Caller = Acted['caller'];

/** Whether the signed-in user did it. */
export function isOwn({ caller }: Acted, { subject }: Person): boolean {
  return caller.subject === subject;
}

/** The identity in the token if it differs from `by`; otherwise null. */
function callerText({ by, caller: { subject, client_id, name } }: Acted): string | null {
  if (name !== null) return name.toLowerCase() === by.toLowerCase() ? null : `signed in as ${name}`;
  return subject === null || subject === client_id
    ? `through API client ${client_id}`
    : `through account ${subject}`;
}

/** `by`, and the identity in the token if it differs. */
export function byText(acted: Acted): string {
  const text = callerText(acted);
  return text === null ? acted.by : `${acted.by} (${text})`;
}
