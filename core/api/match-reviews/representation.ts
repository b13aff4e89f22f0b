import type * as z from 'zod/mini';
import type { MatchReview } from '../../domain/order/match-review.ts';
import { matchReview } from './answer.ts';

/** A review as the API shows it. */
export function showMatchReview(review: MatchReview): z.output<typeof matchReview> {
  const state = review.closed_at === null ? 'open' : 'closed';
  return matchReview.parse({ ...review, state });
}
