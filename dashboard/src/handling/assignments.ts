import { ChangedMeanwhile, explainConflict } from '../alerts/changed-meanwhile.ts';
import type { Note, NoteList, Transaction } from '../api/answers.ts';
import type { Api } from '../api/api-client.ts';
import { notesPath } from '../api/queries.ts';
import { assignedText, doneBy } from './changed-since.ts';

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
 * @throws ChangedMeanwhile if somebody else changed it meanwhile
 */
export function assign(
  api: Pick<Api, 'json'>,
  by: string,
  { id, assignment: seen }: Owned,
  { assignee = seen?.assignee ?? by, followUpAt = laterOf(seen) }: Handling,
): Promise<Transaction> {
  const path = `/v1/transactions/${encodeURIComponent(id)}/assignment`;
  const replaces = seen === undefined ? undefined : (seen?.at ?? null);
  return explainConflict(
    () =>
      assignee === null
        ? api.json<Transaction>(path, { method: 'DELETE', query: { by, replaces: replaces ?? undefined } })
        : api.json<Transaction>(path, {
            method: 'PUT',
            body: { assignee, follow_up_at: followUpAt, by, ...(replaces !== undefined && { replaces }) },
          }),
    () => reassigned(api, id, seen ?? null),
  );
}

async function reassigned(api: Pick<Api, 'json'>, id: string, seen: Assignment): Promise<Error | null> {
  const now = await api.json<Transaction>(`/v1/transactions/${encodeURIComponent(id)}`);
  const { assignment } = now;
  if (assignment?.at === seen?.at) return null;
  const removal = assignment ? undefined : await removalOf(api, id);
  const text = removal
    ? doneBy(removal, 'removed the owner', Date.now())
    : assignedText(assignment, seen, Date.now());
  return new ChangedMeanwhile(now, text);
}

async function removalOf(api: Pick<Api, 'json'>, id: string) {
  const { notes } = await api.json<NoteList>(notesPath(id));
  return notes.find(({ kind }) => kind === 'unassigned');
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

/** What was logged, and the owner and the follow-up that it replaced. */
export interface Logged {
  readonly note: Pick<Note, 'id'>;
  /** The transaction, if its owner or its follow-up changed. */
  readonly changed: Owned | null;
  readonly before: Owned['assignment'];
}

/**
 * Takes back a contact or a note: no entry is deleted, another one withdraws it. Restores the owner and the follow-up. Null if
 * those had not changed.
 *
 * @throws ChangedMeanwhile if somebody else changed them since; the entry is withdrawn then
 */
export async function undoLogged(
  api: Pick<Api, 'json'>,
  by: string,
  id: string,
  { note, changed, before }: Logged,
): Promise<Transaction | null> {
  const body = { kind: 'withdrawn', withdraws: note.id, by };
  await api.json<Note>(notesPath(id), { method: 'POST', body });
  return changed && assign(api, by, changed, undoing(before));
}
