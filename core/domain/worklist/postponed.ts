import type { Instant } from '../instant.ts';
import { combinedState } from '../order/critical-result.ts';
import type { StoredTransaction } from '../stored/stored-transaction.ts';
import { followUpOf } from '../transaction/follow-up.ts';

type Assigned = Pick<StoredTransaction, 'decision' | 'redraw' | 'open_order' | 'assignment'>;

/** When the owner wants to look at the transaction again; null if nobody planned it, or if it has progressed since. */
export function followUpAt(transaction: Assigned): Instant | null {
  const planned = transaction.assignment?.follow_up ?? null;
  return planned !== null && planned.progress === followUpOf(transaction)?.key ? planned.at : null;
}

export type WithCriticalResult = Pick<StoredTransaction, 'orders' | 'contributions'>;

/** Whether one of its orders has a critical result that nobody has acknowledged. */
export function hasOpenCriticalResult({ orders, contributions }: WithCriticalResult): boolean {
  return combinedState(orders.map(({ id }) => contributions[id]?.critical)) === 'open';
}

/** Whether the worklist leaves the transaction out until its follow-up. A critical result does not wait. */
export function isPostponed(transaction: Assigned & WithCriticalResult, now: Instant): boolean {
  const at = followUpAt(transaction);
  return at !== null && at > now && !hasOpenCriticalResult(transaction);
}
