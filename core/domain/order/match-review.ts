import type { Instant } from '../instant.ts';

/** A state of Junction's review of a result that it could not match to an order with certainty. It carries no time. */
export interface MatchReviewState {
  readonly status: string;
  /** Why the result could not be matched with certainty. */
  readonly decision_code: string | null;
  readonly resolution_action: string | null;
  /** The order that the result was assigned to. Accepting a review can create this order, in any transaction. */
  readonly resolved_order_id: string | null;
}

/** One state of a review, as a webhook reports it. */
export interface MatchReviewReport extends MatchReviewState {
  readonly id: string;
  readonly team_id: string | null;
}

/** Everything stored about a match review. */
export interface MatchReview {
  readonly id: string;
  readonly team_id: string | null;
  /** The states that were reported, in any order. Never empty. */
  readonly states: readonly MatchReviewState[];
  /** When the first state arrived. */
  readonly opened_at: Instant;
  /** When the first closing state arrived; null while the review is open. */
  readonly closed_at: Instant | null;
}

/** The stages of a review. Junction's list of statuses is not complete: an unknown one is an open review. */
const STAGES = ['pending_customer_review', 'pending_ops_review', 'matched', 'resolved'];
const CLOSING: ReadonlySet<string> = new Set(['matched', 'resolved']);

/** Whether a state closes the review. Nothing opens it again, because states carry no time. */
export function isClosing({ status }: MatchReviewState): boolean {
  return CLOSING.has(status);
}

/** The state to show: the one at the latest stage. The rest only breaks ties, so that it never depends on the order of arrival. */
export function currentState({ states }: Pick<MatchReview, 'states'>): MatchReviewState {
  const key = (state: MatchReviewState) => `${STAGES.indexOf(state.status) + 1} ${JSON.stringify(state)}`;
  const [first, ...others] = states;
  if (!first) throw new TypeError('a match review has at least one state');
  return others.reduce((latest, state) => (key(state) > key(latest) ? state : latest), first);
}
