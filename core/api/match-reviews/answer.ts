import * as z from 'zod/mini';
import { SHOWN_REVIEW_STATES } from '../../domain/order/match-review.ts';

const text = z.nullable(z.string());

export const matchReview = z.object({
  id: z.string(),
  team_id: text,
  state: z.enum(SHOWN_REVIEW_STATES),
  status: z.string(),
  decision_code: text,
  resolution_action: text,
  resolved_order_id: text,
  opened_at: z.string(),
  closed_at: text,
  returned_at: text,
});

export const matchReviewList = z.object({ match_reviews: z.array(matchReview), next_cursor: text });
