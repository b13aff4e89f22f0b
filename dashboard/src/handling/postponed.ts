import type { Transaction } from '../api/answers.ts';
import { dayOf } from './next-times.ts';

type Handled = Pick<Transaction, 'assignment' | 'critical_result'>;

/** Whether the row waits for a later follow-up. A critical result that nobody has acknowledged does not wait. */
export function isPostponed({ assignment, critical_result }: Handled, now: number): boolean {
  const at = assignment?.follow_up_at ?? null;
  return at !== null && Date.parse(at) > now && critical_result !== 'open';
}

/** Whether its follow-up is today or was earlier, and has not been done. */
export function isToFollowUpToday({ assignment }: Handled, now: number): boolean {
  const at = assignment?.follow_up_at ?? null;
  return at !== null && dayOf(new Date(at)) <= dayOf(new Date(now));
}

/** Whether the owner has this name. */
export function isOwnedBy({ assignment }: Pick<Transaction, 'assignment'>, name: string): boolean {
  return assignment?.assignee.toLowerCase() === name.toLowerCase();
}
