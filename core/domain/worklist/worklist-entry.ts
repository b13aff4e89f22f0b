import type { Instant } from '../instant.ts';
import { isOpen } from '../redraw/redraw.ts';
import type { StoredTransaction } from '../stored/stored-transaction.ts';
import { awaitsDecision } from '../transaction/acknowledgement.ts';
import { isStalled } from '../transaction/follow-up.ts';

/**
 * The worklists: transactions that wait for a decision, open redraws that are flagged as stale and those that are not yet, orders
 * that are flagged as stalled, and open orders with a scheduled check.
 */
export type Worklist =
  | 'decisions'
  | 'stale_redraws'
  | 'watched_redraws'
  | 'stalled_orders'
  | 'watched_orders';

/** A transaction's entry in a worklist. */
export interface WorklistEntry {
  readonly list: Worklist;
  /** The sort key of the list: when the entry becomes or became due; null if unknown. */
  readonly at: Instant | null;
}

type Listed = Pick<StoredTransaction, 'decision' | 'redraw' | 'open_order' | 'marks' | 'order_check_at'>;

/**
 * The worklist entry of a transaction; null if it has none. It is in one at most: a person's decision comes before
 * an open redraw, a redraw before its order, and a flag before a scheduled check.
 */
export function worklistEntryOf(transaction: Listed): WorklistEntry | null {
  const { decision, redraw, open_order, marks, order_check_at } = transaction;
  if (awaitsDecision(decision, marks)) return { list: 'decisions', at: decision?.since ?? null };
  if (isOpen(redraw)) {
    if (redraw.due_at === null) return null;
    return { list: marks.stale_since === null ? 'watched_redraws' : 'stale_redraws', at: redraw.due_at };
  }
  if (isStalled(transaction, marks)) return { list: 'stalled_orders', at: open_order?.due_at ?? null };
  return order_check_at === null ? null : { list: 'watched_orders', at: order_check_at };
}
