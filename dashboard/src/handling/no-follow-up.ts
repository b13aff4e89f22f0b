import type { Transaction } from '../api/answers.ts';
import { awaitsDecision, hasDecision, hasOpenRedraw } from '../redraw/open-redraw.ts';

/** Why no follow-up can be planned, as the API decides it; null if one can. */
export function noFollowUpBecause(transaction: Transaction): string | null {
  const { critical_result, open_order, assignment } = transaction;
  if (critical_result === 'open') {
    return 'Acknowledge the critical result first. Until then, no follow-up can be planned.';
  }
  const isListed =
    hasOpenRedraw(transaction) ||
    awaitsDecision(transaction) ||
    (!hasDecision(transaction) && open_order?.stalled_since != null);
  // One that was planned before can be changed back, or removed.
  if (isListed || assignment?.follow_up_at != null) return null;
  return open_order === null
    ? 'Nothing here waits for anybody, so no follow-up can be planned.'
    : 'The order is not overdue, so it is on no list. A follow-up can be planned once it is stalled.';
}
