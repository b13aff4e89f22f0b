import { type Instant, latest } from '../instant.ts';
import type { RedrawClocks } from '../redraw/redraw-clocks.ts';
import { isUnchecked, marksHolding, type RedrawMarks, UNMARKED } from '../redraw/redraw-marks.ts';
import { type CheckClocks, checkTime, type UnansweredChecks } from './checks.ts';
import type { Departures, Standing } from './placement.ts';
import { type Transaction, transactionOf } from './transaction.ts';
import type { Contributions } from './transaction-orders.ts';

export type Clocks = RedrawClocks & CheckClocks;

/** What a transaction carries beside what its orders brought. */
export interface TransactionMarks {
  readonly marks: RedrawMarks;
  /** When Junction was last asked about it. */
  readonly checked_at: Instant | null;
  /** When it is to be looked at again; null where there is nothing to ask. */
  readonly check_at: Instant | null;
  /** The checks since Junction's last answer that got none; null where it answered the last one. */
  readonly unanswered: UnansweredChecks | null;
}

/** A transaction as stored: what its orders brought, what follows from it, and what was set on it. */
export interface StoredTransaction extends Transaction, TransactionMarks, Standing {
  readonly id: string;
  /** Counts the writes of the item. */
  readonly revision: number;
  /** No claim names it: it stands under its only order's id. */
  readonly provisional: boolean;
  /** The counter that the store counts it in, where that is not the one it belongs in; null where none does. */
  readonly counted?: string | null;
}

/** A transaction whose orders have all left: it is shown nowhere. It stays, so that its revision never begins again. */
export interface EmptiedTransaction {
  readonly id: string;
  readonly revision: number;
  readonly emptied: true;
  readonly contributions: Readonly<Record<string, never>>;
  readonly departures: Departures;
}

export type HeldTransaction = StoredTransaction | EmptiedTransaction;

export function isEmptied(held: HeldTransaction): held is EmptiedTransaction {
  return 'emptied' in held;
}

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
