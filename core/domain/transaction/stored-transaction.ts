import type { Instant } from '../instant.ts';
import type { RedrawMarks } from '../redraw/acknowledgement.ts';
import type { UnansweredChecks } from './checks.ts';
import type { Departures, Standing } from './placement.ts';
import type { Transaction } from './transaction.ts';

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
