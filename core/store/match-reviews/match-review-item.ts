import type { Instant } from '../../domain/instant.ts';
import type { MatchReview, MatchReviewState } from '../../domain/order/match-review.ts';
import type { Item } from '../table.ts';

/** Reads a match review from its item. */
export function readMatchReviewItem(item: Item): MatchReview {
  const { pk, states, team_id = null, opened_at, closed_at = null } = item;
  return {
    id: String(pk).slice('MATCH_REVIEW#'.length),
    team_id: team_id as string | null,
    states: [...(states as ReadonlySet<string>)].map((text) => JSON.parse(text) as MatchReviewState),
    opened_at: opened_at as Instant,
    closed_at: closed_at as Instant | null,
  };
}
