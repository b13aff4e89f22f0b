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

/** One state of a review, as Junction's list has it. */
export interface ListedReview extends MatchReviewState {
  readonly id: string;
  /** Null if Junction does not say. */
  readonly updated_at: Instant | null;
  /** When it was last decided; null if it never was. */
  readonly reviewed_at: Instant | null;
}

/**
 * A match review: of the states that webhooks reported, the one at the latest stage, whatever the order of arrival, unless Junction's
 * list has had another one since.
 */
export interface MatchReview extends MatchReviewReport {
  /** When the first state arrived. */
  readonly opened_at: Instant;
  /** When the state that closed it arrived; null while the review is open. */
  readonly closed_at: Instant | null;
  /** When it came back, from Junction's operations for example; null if it has moved on since, or never came back. */
  readonly returned_at: Instant | null;
  /** How often it came back. */
  readonly returns: number;
  /** When Junction last changed it, by its list; null if a webhook has told the state, which carries no time. */
  readonly listed_at: Instant | null;
}

/** The states of a review that the API shows. */
export const SHOWN_REVIEW_STATES = ['open', 'closed'] as const;
export type ShownReviewState = (typeof SHOWN_REVIEW_STATES)[number];

const CLOSING = ['matched', 'resolved'];
/** The stages of a review. Junction's list of statuses is not complete: an unknown status counts as open. */
const STAGES = ['pending_customer_review', 'pending_ops_review', ...CLOSING];

/** The statuses by which Junction's list can be filtered. */
export const LISTED_STATUSES = ['pending_customer_review', 'pending_ops_review', 'resolved'] as const;
export type ListedStatus = (typeof LISTED_STATUSES)[number];

/** The stage of a state, from 0. States carry no time, so the one at the latest stage counts. */
export function reviewStage({ status }: MatchReviewState): number {
  return STAGES.indexOf(status) + 1;
}

/** Whether a state closes the review. Only another closing state, or an answer of Junction, can follow. */
export function isClosing({ status }: MatchReviewState): boolean {
  return CLOSING.includes(status);
}

/** Whether a review has come back to an earlier stage. One that waits for the customer after a decision comes from Junction's operations. */
export function hasReturned(listed: ListedReview, held: MatchReviewState | null): boolean {
  if (held !== null && reviewStage(listed) < reviewStage(held)) return true;
  return listed.status === STAGES[0] && listed.reviewed_at !== null;
}
