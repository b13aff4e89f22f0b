import type { MatchReviewEvent } from '../../../core/domain/events/match-review-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import { COMPLETED_AT, copied, INITIAL, REQUESTED_AT } from './example-scene.ts';

const MATCH_REVIEW = '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e33';
const matchReview = {
  correlation_id: 'msg_2f5f0f8b7c119a534b59',
  time: REQUESTED_AT,
  match_review_id: MATCH_REVIEW,
  team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
  status: 'pending_customer_review',
  decision_code: 'multiple_demo_match',
  resolution_action: null,
  resolved_order_id: null,
  returned_at: null,
};

export const matchReviewEvents: DocumentedEvents<MatchReviewEvent> = {
  'Match Review Opened': {
    when: 'Junction could not match a result to an order with certainty, and a person has to decide. It is sent again, with `returned_at`, when a review comes back from Junction’s operations.',
    example: copied({ ...matchReview, id: `match-review:${MATCH_REVIEW}:opened` }),
  },
  'Match Review Closed': {
    when: 'A match review was decided. `resolved_order_id` is the order that the result was assigned to, if any.',
    example: copied({
      ...matchReview,
      id: `match-review:${MATCH_REVIEW}:closed`,
      time: COMPLETED_AT,
      status: 'resolved',
      resolution_action: 'accept',
      resolved_order_id: INITIAL,
    }),
  },
};
