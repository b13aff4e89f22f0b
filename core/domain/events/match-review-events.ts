import type { MatchReview } from '../order/match-review.ts';
import type { DomainEvent } from './domain-events.ts';

export type MatchReviewEvent = 'Match Review Opened' | 'Match Review Closed';

/**
 * The domain events between two states of a match review; `before` is null for the first one. Each carries the id of what
 * caused the change.
 */
export function matchReviewEvents(
  before: MatchReview | null,
  after: MatchReview,
  correlationId: string | null = null,
): DomainEvent[] {
  const event = (type: MatchReviewEvent, time: string): DomainEvent => ({
    type,
    detail: { ...detailOf(type, after), time, correlation_id: correlationId },
  });
  if (after.closed_at === null) {
    const { returned_at } = after;
    if (before && returned_at !== null && after.returns > before.returns) {
      return [event('Match Review Opened', returned_at)];
    }
    return before ? [] : [event('Match Review Opened', after.opened_at)];
  }
  return before?.closed_at == null ? [event('Match Review Closed', after.closed_at)] : [];
}

function detailOf(type: MatchReviewEvent, review: MatchReview) {
  const { id, opened_at: _, closed_at: __, listed_at: ___, returns, ...state } = review;
  const suffix = type === 'Match Review Opened' ? 'opened' : 'closed';
  // It can be opened and closed again after it came back.
  const again = returns > 0 ? `:${returns}` : '';
  return { ...state, id: `match-review:${id}:${suffix}${again}`, match_review_id: id };
}
