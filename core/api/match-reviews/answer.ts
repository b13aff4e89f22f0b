import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { SHOWN_REVIEW_STATES } from '../../domain/order/match-review.ts';
import { at, nextCursor, orderId, teamId, text, time } from '../answer-fields.ts';

export const matchReview = z.object({
  id: z.string(),
  team_id: teamId,
  state: z.enum(SHOWN_REVIEW_STATES),
  status: z.string(),
  decision_code: text,
  resolution_action: text,
  resolved_order_id: orderId,
  opened_at: at,
  closed_at: time,
  returned_at: time,
});
DOCS: describe(matchReview, {
  id: 'MatchReview',
  description: 'A result that Junction could not match to an order with certainty.',
  properties: {
    id: 'Junction’s ID of the review.',
    state: 'Whether a person still has to decide.',
    status: 'Its status, as Junction reports it.',
    decision_code: 'Junction’s code of what made a review necessary.',
    resolution_action: 'How it was resolved; null while it is open.',
    resolved_order_id: 'The order that the result was assigned to; null if there is none.',
    opened_at: 'When the first state arrived.',
    closed_at: 'When the state arrived that closed it; null while it is open.',
    returned_at: 'When it came back from Junction’s operations; null if it did not.',
  },
});

export const matchReviewList = z.object({ match_reviews: z.array(matchReview), next_cursor: nextCursor });
DOCS: describe(matchReviewList, {
  id: 'MatchReviewList',
  description: 'A page of match reviews.',
  properties: { match_reviews: 'The match reviews of this page.' },
});
