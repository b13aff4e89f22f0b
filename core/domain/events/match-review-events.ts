import { currentState, type MatchReview } from '../order/match-review.ts';
import type { DomainEvent } from './domain-events.ts';

/**
 * The domain events between two states of a match review; `before` is null for the first one. Each carries the id of what
 * caused the change.
 */
export function matchReviewEvents(
  before: MatchReview | null,
  after: MatchReview,
  correlationId: string | null = null,
): DomainEvent[] {
  const cause = { correlation_id: correlationId };
  if (after.closed_at === null) {
    return before
      ? []
      : [
          {
            type: 'Match Review Opened',
            detail: { ...cause, ...detailOf(after, after.opened_at, 'opened') },
          },
        ];
  }
  if (before?.closed_at != null) return [];
  return [
    { type: 'Match Review Closed', detail: { ...cause, ...detailOf(after, after.closed_at, 'closed') } },
  ];
}

function detailOf(review: MatchReview, time: string, event: 'opened' | 'closed') {
  const { id: match_review_id, team_id } = review;
  return {
    id: `match-review:${match_review_id}:${event}`,
    time,
    match_review_id,
    team_id,
    ...currentState(review),
  };
}
