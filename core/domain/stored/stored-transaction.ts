import type { Assignment } from '../handling/assignment.ts';
import type { Noted } from '../handling/history-entry.ts';
import type { Contact } from '../handling/note.ts';
import type { Instant } from '../instant.ts';
import type { Departures, Standing } from '../members/standing.ts';
import type { ResultsReview } from '../results/results-review.ts';
import type { FollowUpMarks } from '../transaction/acknowledgement.ts';
import type { UnansweredChecks } from '../transaction/check-clocks.ts';
import type { FollowUp } from '../transaction/follow-up.ts';
import type { Told } from '../transaction/told.ts';
import type { Transaction } from '../transaction/transaction.ts';
import type { Incompleteness } from './incompleteness.ts';
import type { JunctionCheck } from './junction-check.ts';

/** The part of a transaction that does not come from its orders. */
export interface TransactionMarks {
  readonly marks: FollowUpMarks;
  /** When Junction last answered about it. */
  readonly checked_at: Instant | null;
  /** When to check it next; null if there is nothing to ask. */
  readonly check_at: Instant | null;
  /**
   * When the sweep looks at the open order next. Never later than the order becomes overdue; null if it cannot, or if it is
   * flagged.
   */
  readonly order_check_at: Instant | null;
  /** The unanswered checks since Junction's last answer; null if Junction answered the last one. */
  readonly unanswered: UnansweredChecks | null;
  /** Which of its redraw and order was ever flagged as overdue; absent if neither. Progress does not clear it. */
  readonly overdue?: readonly FollowUp['of'][] | undefined;
  /** The latest message to the patient that was sent or could not be sent; absent if there is none. */
  readonly told?: Told | undefined;
  /** The last checks by `withCheck`, oldest first; absent for nearly every transaction. */
  readonly checks?: readonly JunctionCheck[] | undefined;
  /** Its owner; absent if it never had one. */
  readonly assignment?: Assignment | undefined;
  /** The newest note or contact; absent if there is none. */
  readonly noted?: Noted | undefined;
  /** The newest attempt to contact the patient; absent if there is none. Null removes it. */
  readonly contact?: Contact | null | undefined;
  /** The last review of its results; absent if there was none. Null removes it. */
  readonly review?: ResultsReview | null | undefined;
  /** What it lacks although Junction has named it; absent for nearly every transaction. */
  readonly incomplete?: Incompleteness | undefined;
}

/** A transaction as stored: the contributions of its orders, the state that follows from them, and its marks. */
export interface StoredTransaction extends Transaction, TransactionMarks, Standing {
  readonly id: string;
  /** Counts the writes of the item. */
  readonly revision: number;
  /** Whether no claim names it. Then it has the id of its only order. */
  readonly provisional: boolean;
}

/** A transaction that all orders have left. It is shown nowhere. It is kept so that its revision never starts again. */
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
