import { latest } from '../instant.ts';
import { isUnchecked, marksHolding, UNMARKED } from '../redraw/acknowledgement.ts';
import type { RedrawClocks } from '../redraw/redraw-clocks.ts';
import { type CheckClocks, checkTime } from './checks.ts';
import type { Standing } from './placement.ts';
import type { HeldTransaction, StoredTransaction, TransactionMarks } from './stored-transaction.ts';
import { transactionOf } from './transaction.ts';
import type { Contributions } from './transaction-orders.ts';

export type Clocks = RedrawClocks & CheckClocks;

/** What the next revision of a transaction is made from. */
export interface Revision extends Standing {
  readonly id: string;
  /** The revision it follows; null if it is the first. */
  readonly after: (Partial<TransactionMarks> & Pick<StoredTransaction, 'revision'>) | null;
}

/**
 * The next revision of a transaction. Marks that its progress has overtaken are gone; `set` adds or replaces some.
 * Setting `check_at`, to whatever, `checked_at` or `unanswered` plans the next check from there.
 */
export function nextRevision(
  { id, contributions, departures, after }: Revision,
  clocks: Clocks,
  set: Partial<TransactionMarks> = {},
): StoredTransaction {
  const transaction = transactionOf(contributions, clocks);
  const marks = marksHolding(set.marks ?? after?.marks ?? UNMARKED, transaction.redraw);
  const checked_at = set.checked_at ?? after?.checked_at ?? null;
  const unanswered = set.unanswered === undefined ? (after?.unanswered ?? null) : set.unanswered;
  // What was flagged unasked is asked about as soon as there is an answer.
  const reason = isUnchecked(marks)
    ? marks.stale_since
    : checkTime(transaction, marks.stale_since, checked_at, clocks);
  const wanted = reason && latest([reason, unanswered?.retry_at]);
  const replans = [set.checked_at, set.check_at, set.unanswered].some((given) => given !== undefined);
  const planned = replans ? null : (after?.check_at ?? null);
  return {
    id,
    revision: (after?.revision ?? 0) + 1,
    provisional: isProvisional(id, contributions),
    contributions,
    departures,
    ...transaction,
    marks,
    checked_at,
    unanswered,
    // A check that comes early costs one look; moving it with every change would cost an index write each time.
    check_at: planned !== null && wanted !== null && planned <= wanted ? planned : wanted,
  };
}

/** Whether nothing but an order that stands alone, or is set apart, gives the transaction its id. */
function isProvisional(id: string, contributions: Contributions): boolean {
  return Object.entries(contributions).every(
    ([orderId, { claimed_by, apart_from }]) => orderId === id && (claimed_by === null || apart_from !== null),
  );
}

/** The next revision of what stands under an id: nothing is left of a transaction without orders but that it was. */
export function nextHeld(
  revision: Revision,
  clocks: Clocks,
  set: Partial<TransactionMarks> = {},
): HeldTransaction {
  const { id, contributions, departures, after } = revision;
  if (Object.keys(contributions).length > 0) return nextRevision(revision, clocks, set);
  return { id, revision: (after?.revision ?? 0) + 1, emptied: true, contributions: {}, departures };
}

/** The same transaction with other marks, as its next revision. */
export function remarked(stored: StoredTransaction, set: Partial<TransactionMarks>, clocks: Clocks) {
  return nextRevision({ ...stored, after: stored }, clocks, set);
}
