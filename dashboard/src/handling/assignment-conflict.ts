import type { NoteList, Transaction } from '../api/answers.ts';
import { type Api, ApiProblem, Unreachable } from '../api/api-client.ts';
import { notesPath } from '../api/queries.ts';
import { relativeTime } from '../time/format.ts';
import { byText, type Caller } from '../wording/caller.ts';

type Assignment = Transaction['assignment'];

/** Somebody else has changed the owner or the follow-up since the user saw it. The message says who and when. */
export class Reassigned extends Error {
  override readonly name = 'Reassigned';
  readonly current: Assignment;

  constructor(current: Assignment, text: string) {
    super(text);
    this.current = current;
  }
}

/**
 * Makes a change of an assignment. After a conflict, reads the transaction again to say with what.
 *
 * @param seen the assignment that the change replaces; null for none
 * @throws Reassigned
 */
export async function unlessReassigned<Answer>(
  api: Pick<Api, 'json'>,
  transactionId: string,
  seen: Assignment,
  change: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await change();
  } catch (error) {
    const isConflict = error instanceof ApiProblem && error.status === 409;
    throw (isConflict && (await reassigned(api, transactionId, seen))) || error;
  }
}

async function reassigned(api: Pick<Api, 'json'>, id: string, seen: Assignment): Promise<Reassigned | null> {
  try {
    const { assignment } = await api.json<Transaction>(`/v1/transactions/${encodeURIComponent(id)}`);
    if (assignment?.at === seen?.at) return null;
    return new Reassigned(assignment, assignment ? setText(assignment, seen) : await removedText(api, id));
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof Unreachable) return null;
    throw error;
  }
}

function setText(assignment: NonNullable<Assignment>, seen: Assignment): string {
  const { assignee } = assignment;
  return assignee === seen?.assignee
    ? doneBy(assignment, 'changed the follow-up')
    : doneBy(assignment, `assigned it to ${assignee}`);
}

async function removedText(api: Pick<Api, 'json'>, id: string): Promise<string> {
  const { notes } = await api.json<NoteList>(notesPath(id));
  const removal = notes.find(({ kind }) => kind === 'unassigned');
  return removal ? doneBy(removal, 'removed the owner') : 'The owner was removed in the meantime.';
}

function doneBy(
  done: { readonly by: string; readonly caller: Caller; readonly at: string },
  what: string,
): string {
  return `${byText(done)} ${what} ${relativeTime(Date.parse(done.at), Date.now())}.`;
}
