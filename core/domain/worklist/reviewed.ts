import { type ResultsReview, stateOfResults } from '../results/results-review.ts';
import type { StoredTransaction } from '../stored/stored-transaction.ts';
import { hasOpenCriticalResult, type WithCriticalResult } from './postponed.ts';

/**
 * The review of the results that a transaction has now; null if nobody has looked at them. A critical result needs more than that:
 * an acknowledgement.
 */
export function reviewOf(
  transaction: WithCriticalResult & Pick<StoredTransaction, 'review'>,
): ResultsReview | null {
  const { review, orders } = transaction;
  if (!review || review.of !== stateOfResults(orders)) return null;
  return hasOpenCriticalResult(transaction) ? null : review;
}
