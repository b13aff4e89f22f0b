import type { Transaction } from '../api/answers.ts';
import type { Api } from '../api/api-client.ts';
import { unlessReassigned } from './assignment-conflict.ts';

export type Assignment = Transaction['assignment'];

/** A transaction and its owner as the reader saw them; undefined where the list does not say who owns it. */
export interface Owned {
  readonly id: string;
  readonly assignment: Assignment | undefined;
}

/** What to set: null removes the owner or the follow-up, and undefined leaves them as they are. */
export interface Handling {
  readonly assignee?: string | null | undefined;
  /** RFC 3339. */
  readonly followUpAt?: string | null | undefined;
}

/**
 * Sets the owner and the follow-up of a transaction. Replaces the assignment that the reader saw only.
 *
 * @param by the reader
 * @throws Reassigned if somebody else changed it meanwhile
 */
export function assign(
  api: Pick<Api, 'json'>,
  by: string,
  { id, assignment: seen }: Owned,
  { assignee = seen?.assignee ?? by, followUpAt = laterOf(seen) }: Handling,
): Promise<Transaction> {
  const path = `/v1/transactions/${encodeURIComponent(id)}/assignment`;
  const replaces = seen === undefined ? undefined : (seen?.at ?? null);
  return unlessReassigned(api, id, seen ?? null, () =>
    assignee === null
      ? api.json<Transaction>(path, { method: 'DELETE', query: { by, replaces: replaces ?? undefined } })
      : api.json<Transaction>(path, {
          method: 'PUT',
          body: { assignee, follow_up_at: followUpAt, by, ...(replaces !== undefined && { replaces }) },
        }),
  );
}

/** What leads back to how it was. */
export function undoing(before: Assignment | undefined): Handling {
  return { assignee: before?.assignee ?? null, followUpAt: laterOf(before) };
}

/** A follow-up that is over is not set again: the API refuses it. */
function laterOf(seen: Assignment | undefined): string | null {
  const at = seen?.follow_up_at ?? null;
  return at !== null && Date.parse(at) > Date.now() ? at : null;
}
