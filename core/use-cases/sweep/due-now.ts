import { type Instant, later } from '../../domain/instant.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { awaitsDecision } from '../../domain/transaction/acknowledgement.ts';
import { type FollowUp, followUpOf } from '../../domain/transaction/follow-up.ts';

/** How long a redraw or order that is due stays unflagged while Junction gives no usable answer about it (ms). */
const MAX_UNANSWERED = 86_400_000;

/** The transaction's open redraw or open order if it is due, not flagged, and waits for no decision. */
export function dueFollowUp(stored: StoredTransaction, now: Instant): FollowUp | null {
  const followUp = followUpOf(stored);
  const isDue = followUp !== null && followUp.due_at !== null && followUp.due_at <= now;
  const isWaiting = stored.marks.stale_since === null && !awaitsDecision(stored.decision, stored.marks);
  return isDue && isWaiting ? followUp : null;
}

export function isOrderCheckDue({ order_check_at }: StoredTransaction, now: Instant): boolean {
  return order_check_at !== null && order_check_at <= now;
}

export function isCheckDue({ check_at }: StoredTransaction, now: Instant): boolean {
  return check_at !== null && check_at <= now;
}

/** Whether something due is flagged although Junction has given no usable answer about it. */
export function isUnansweredTooLong(
  { marks: { unanswered_since } }: StoredTransaction,
  now: Instant,
): boolean {
  return unanswered_since !== undefined && now >= later(unanswered_since, MAX_UNANSWERED);
}
