import type {
  MatchDecisionCode,
  MatchReviewResolutionAction,
  MatchReviewStatus,
  MatchReviewWebhookPayload,
  OrderLowLevelStatus,
  UnmatchedResult,
} from '@junction-api/sdk/serialization';
import { type Instant, spellTime } from '../time.ts';
import { newestEvent, type Order } from './order.ts';
import type { Patient } from './patient.ts';

/** A result that matched no order with certainty, and what was decided about it. */
export interface MatchReview {
  readonly id: string;
  readonly decisionCode: MatchDecisionCode.Raw;
  /** The order that the result probably belongs to; null if there is none. */
  readonly candidate: Order | null;
  readonly lab: { id: number; name: string; slug: string };
  readonly createdAt: Instant;
  updatedAt: Instant;
  reviewedAt: Instant | null;
  status: MatchReviewStatus.Raw;
  action: MatchReviewResolutionAction.Raw | null;
  resolved: { userId: string; orderId: string } | null;
  note: string | null;
}

const REASONS: Record<MatchDecisionCode.Raw, string> = {
  match_sample_id: 'The sample matched an order.',
  match_completed: 'The sample matched an order that is already completed.',
  match_cancelled: 'The sample matched an order that is cancelled.',
  wrong_collection: 'The linked order is not in a state in which a result is expected.',
  wrong_lab: 'The demographics match, but the open order is for another lab.',
  multiple_demo_match: 'The demographics match more than one patient.',
  match_sample_id_mismatch_demo: 'The sample matched, but the demographics do not.',
  match_demo: 'The demographics match a patient, but no single order.',
  no_match: 'No patient and no order matched.',
};

export function renderReviewWebhook(review: MatchReview): MatchReviewWebhookPayload.Raw {
  return {
    id: review.id,
    status: review.status,
    decision_code: review.decisionCode,
    sub_reason_codes: [],
    resolution_action: review.action,
    resolved_user_id: review.resolved?.userId ?? null,
    resolved_order_id: review.resolved?.orderId ?? null,
  };
}

export function renderReview(
  review: MatchReview,
  patient: Patient,
  transactionId: string,
): UnmatchedResult.Raw {
  const { candidate, status } = review;
  const { first_name, last_name, dob, gender } = patient.details;
  const isReviewable = status === 'pending_customer_review';
  return {
    ...renderReviewWebhook(review),
    reason: REASONS[review.decisionCode],
    patient: { first_name, last_name, dob: `${dob}T00:00:00Z`, gender },
    lab: review.lab,
    markers: (candidate?.labTest.markers ?? []).map(({ provider_id, name }) => ({ provider_id, name })),
    interpretation: 'normal',
    result_status: 'final',
    note: review.note,
    allowed_actions: isReviewable ? ['accept', 'reject', 'unsure'] : [],
    candidate_groups: candidate ? [renderCandidate(candidate, transactionId)] : [],
    created_at: spellTime(review.createdAt),
    updated_at: spellTime(review.updatedAt),
    reviewed_at: review.reviewedAt === null ? null : spellTime(review.reviewedAt),
  };
}

function renderCandidate(order: Order, transactionId: string) {
  return {
    user_id: order.userId,
    candidates: [
      {
        candidate_type: 'provenance_order' as const,
        order_id: order.id,
        order_transaction_id: transactionId,
        last_status: newestEvent(order).low as OrderLowLevelStatus.Raw,
        confidence_level: 'high' as const,
        confidence_score: 0.9,
        reasons: ['sample_id_match' as const],
        marker_overlap: null,
        status_context: null,
      },
    ],
  };
}
