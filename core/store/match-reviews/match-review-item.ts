import type { Instant } from '../../domain/instant.ts';
import { type MatchReview, type MatchReviewState, reviewStage } from '../../domain/order/match-review.ts';
import type { Item } from '../table.ts';

/** A state as the item stores it: `<stage> <JSON>`. The greater text is the later state; the JSON only breaks ties. */
export function encodeMatchReviewState(state: MatchReviewState): string {
  const { status, decision_code, resolution_action, resolved_order_id } = state;
  return `${reviewStage(state)} ${JSON.stringify([status, decision_code, resolution_action, resolved_order_id])}`;
}

function decodeMatchReviewState(text: string): MatchReviewState {
  const [status, decision_code, resolution_action, resolved_order_id] = JSON.parse(
    text.slice(text.indexOf(' ')),
  ) as [string, string | null, string | null, string | null];
  return { status, decision_code, resolution_action, resolved_order_id };
}

/** The state of a discarded review: less than every state, so that any that Junction reports is new. */
export const discardedState = (state: string) => `-${state.slice(state.indexOf(' '))}`;

/** Whether a review was discarded and Junction has not spoken of it since. */
export const isDiscarded = ({ state }: Item) => typeof state === 'string' && state.startsWith('-');

/** Reads a match review from its item. */
export function readMatchReviewItem(item: Item): MatchReview {
  const { pk, state, team_id = null, opened_at, closed_at = null, returned_at = null, returns = 0 } = item;
  return {
    id: String(pk).slice('MATCH_REVIEW#'.length),
    team_id: team_id as string | null,
    ...decodeMatchReviewState(String(state)),
    opened_at: opened_at as Instant,
    closed_at: closed_at as Instant | null,
    returned_at: returned_at as Instant | null,
    returns: Number(returns),
    listed_at: listedAt(item),
  };
}

/** A state that a webhook has brought since has no time. */
function listedAt({ listed_at, received_at }: Item): Instant | null {
  if (typeof listed_at !== 'string') return null;
  return typeof received_at === 'string' && received_at >= listed_at ? null : listed_at;
}
