import type { Transaction } from '../api/answers.ts';
import { awaitsDecision, hasDecision, hasOpenRedraw } from '../redraw/open-redraw.ts';

/** Why a follow-up cannot be set, by the API's rules; null if it can. */
export function followUpBlockedReason(transaction: Transaction): string | null {
  const { critical_result, open_order, assignment } = transaction;
  if (critical_result === 'open') {
    return 'Acknowledge the critical result first. Then you can set a follow-up.';
  }
  const isListed =
    hasOpenRedraw(transaction) ||
    awaitsDecision(transaction) ||
    (!hasDecision(transaction) && open_order?.stalled_since != null);
  // An existing follow-up can be kept or removed.
  if (isListed || assignment?.follow_up_at != null) return null;
  return open_order === null
    ? 'Nothing here needs follow-up, so you can’t set a follow-up date.'
    : 'The order isn’t overdue, so it isn’t on a list. You can set a follow-up once it is overdue.';
}
