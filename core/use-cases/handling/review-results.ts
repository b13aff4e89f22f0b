import type { Instant } from '../../domain/instant.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import { stateOfResults } from '../../domain/results/results-review.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { hasResults, resultsReportedAt } from '../../domain/transaction/reported-results.ts';
import { reviewOf } from '../../domain/worklist/reviewed.ts';
import type { Projection } from '../recompute.ts';
import { type Actor, changeTransaction, historyEntry, instantOf } from './change-transaction.ts';

/** There are no results, or others than the caller has seen; or the review is another one. */
class ReviewRefused extends RequestRefused {
  override readonly name = 'ReviewRefused';
  override readonly kind = 'conflict';
}

export interface ReviewRequest extends Actor {
  /** When the newest results that the caller has seen were reported; null to review whatever is stored. */
  readonly resultsAt: Instant | null;
}

/**
 * Marks the results of a transaction as reviewed. Repeating a request changes nothing, and neither does a second review of the same
 * results by somebody else.
 *
 * @throws TransactionNotFound
 * @throws ReviewRefused if there are no results, or later ones than the caller has seen
 */
export function reviewResults(
  projection: Projection,
  id: string,
  { by, caller, resultsAt }: ReviewRequest,
  now: Date,
): Promise<StoredTransaction> {
  return changeTransaction(projection, id, (stored) => {
    if (!hasResults(stored)) throw new ReviewRefused('There are no results to review. Nothing was changed.');
    const reported = resultsReportedAt(stored);
    if (resultsAt !== null && reported !== null && reported > resultsAt) {
      throw new ReviewRefused(`The lab reported other results at ${reported}. Nothing was changed.`);
    }
    const of = stateOfResults(stored.orders);
    if (stored.review?.of === of) return null;
    const review = { of, by, at: instantOf(now), caller };
    return {
      set: { review },
      entry: historyEntry(stored, { by, caller }, now, { kind: 'results_reviewed' }),
    };
  });
}

export interface ReviewWithdrawal extends Actor {
  /** The time of the review to take back; null for whichever there is. */
  readonly replaces: Instant | null;
}

/**
 * Takes back the review of the results of a transaction. Without one, nothing changes.
 *
 * @throws TransactionNotFound
 * @throws ReviewRefused if the review is not the one to take back
 */
export function withdrawReview(
  projection: Projection,
  id: string,
  { by, caller, replaces }: ReviewWithdrawal,
  now: Date,
): Promise<StoredTransaction> {
  return changeTransaction(projection, id, (stored) => {
    const known = reviewOf(stored);
    if (known === null) return null;
    if (replaces !== null && known.at !== replaces) {
      throw new ReviewRefused(`${known.by} reviewed the results at ${known.at}. Nothing was changed.`);
    }
    const actor = { by, caller };
    return {
      set: { review: null },
      entry: historyEntry(stored, actor, now, { kind: 'review_withdrawn' }),
    };
  });
}
