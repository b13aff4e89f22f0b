import type { Caller } from '../caller.ts';
import type { Instant } from '../instant.ts';
import type { TransactionOrder } from '../members/transaction-orders.ts';

/** A person's statement that they have looked at the results of a transaction, for the whole team. */
export interface ResultsReview {
  /** The results that were looked at, by `stateOfResults`. Others end the review. */
  readonly of: string;
  /** The name that the caller gave. */
  readonly by: string;
  readonly at: Instant;
  /** Who made the request, by the token. */
  readonly caller: Caller;
}

/**
 * What is known of the results of these orders, as text: it differs as soon as the lab reports another result, changes one, or adds
 * what was missing. It holds nothing that the orders do not hold.
 */
export function stateOfResults(orders: readonly TransactionOrder[]): string {
  return orders
    .filter(({ results_reported_at: at }) => at !== null)
    .map((order) => {
      const { id, results_reported_at, interpretation, has_missing_results: lacks } = order;
      return [id, results_reported_at, interpretation ?? '', lacks ?? ''].join(' ');
    })
    .sort()
    .join('\n');
}
