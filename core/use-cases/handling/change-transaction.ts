import { retryOnConflict } from '../../concurrency/retry.ts';
import type { Caller } from '../../domain/caller.ts';
import type { HistoryEntry } from '../../domain/handling/history-entry.ts';
import { type Instant, parseInstant } from '../../domain/instant.ts';
import { remarked } from '../../domain/stored/next-revision.ts';
import type { StoredTransaction, TransactionMarks } from '../../domain/stored/stored-transaction.ts';
import { followUpOf } from '../../domain/transaction/follow-up.ts';
import { appending, type RepeatableRequest } from '../../store/handling/notes.ts';
import { readTransaction, writeTransaction } from '../../store/transactions/transactions.ts';
import type { Projection } from '../recompute.ts';
import { TransactionNotFound } from '../team-visibility.ts';

/** Who changes something. */
export interface Actor {
  /** The name that the caller gave. */
  readonly by: string;
  readonly caller: Caller;
}

/** What to set on a transaction, and the entry that its history gets. */
export interface TransactionChange {
  readonly set: Partial<TransactionMarks>;
  readonly entry: HistoryEntry;
  /** Set if the request may be repeated. */
  readonly request?: RepeatableRequest | undefined;
}

/**
 * Changes what people set on a transaction, and appends an entry to its history in the same write. Decides again if the
 * transaction changes at the same time.
 *
 * @param decide derives the change from the current state; null changes nothing
 * @throws TransactionNotFound
 */
export async function changeTransaction(
  { table, clocks, pause }: Projection,
  id: string,
  decide: (stored: StoredTransaction) => TransactionChange | null | Promise<TransactionChange | null>,
): Promise<StoredTransaction> {
  let result: StoredTransaction | undefined;
  await retryOnConflict(pause, async () => {
    const stored = await readTransaction(table, id);
    if (!stored) throw new TransactionNotFound(id);
    const change = await decide(stored);
    result = stored;
    if (change === null) return 'written';
    result = remarked(stored, change.set, clocks);
    return writeTransaction(table, result, stored, appending(table, change.entry, change.request));
  });
  if (!result) throw new Error('the transaction was not read');
  return result;
}

/** The entry that the next write of a transaction appends to its history. */
export function historyEntry(
  stored: StoredTransaction,
  { by, caller }: Actor,
  now: Date,
  entry: Pick<HistoryEntry, 'kind'> &
    Partial<Pick<HistoryEntry, 'text' | 'assignee' | 'follow_up_at' | 'withdraws'>>,
): HistoryEntry {
  const { id, revision, team_id } = stored;
  return {
    // The write that appends the entry creates this revision, so the id is unique.
    id: `${id}:${revision + 1}`,
    transaction_id: id,
    text: null,
    assignee: null,
    follow_up_at: null,
    withdraws: null,
    progress: followUpOf(stored)?.key ?? null,
    ...entry,
    // The actor can be a whole request.
    by,
    at: instantOf(now),
    caller,
    team_id,
  };
}

export function instantOf(time: Date): Instant {
  return parseInstant(time.toISOString()) ?? '';
}
