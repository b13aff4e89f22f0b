import { combinedState } from '../order/critical-result.ts';
import type { StoredTransaction } from '../stored/stored-transaction.ts';
import { uncheckedReason } from '../transaction/acknowledgement.ts';
import { reachOf } from '../transaction/told.ts';
import { type NextStep, nextStep } from './next-step.ts';

/** What of a stored transaction decides about its next step. */
export type Steppable = Pick<
  StoredTransaction,
  'contributions' | 'decision' | 'marks' | 'missing_results' | 'open_order' | 'orders' | 'redraw' | 'told'
>;

/** The next step for a stored transaction; null if there is none and nothing is pending. */
export function nextStepOf(stored: Steppable): NextStep | null {
  const { marks, told, contributions, orders } = stored;
  const criticalOf = ({ id }: { readonly id: string }) => contributions[id]?.critical ?? null;
  return nextStep({
    ...stored,
    stale_since: marks.stale_since,
    acknowledged: marks.acknowledgement !== null,
    unchecked_reason: uncheckedReason(marks),
    critical: combinedState(orders.map(criticalOf)),
    critical_order_id: orders.find((order) => criticalOf(order) === 'open')?.id ?? null,
    reached: told ? reachOf(told) === 'told' : null,
  });
}
