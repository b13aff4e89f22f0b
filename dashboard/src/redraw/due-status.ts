import { duration } from '../time/format.ts';
import type { StatusText } from '../wording/status.ts';
import type { WithRedraw } from './open-redraw.ts';

export type DueStatus = 'overdue' | 'due_soon' | 'on_time';

/** A redraw that is due within this time counts as due soon (ms). */
const SOON = 86_400_000;

/**
 * A redraw is overdue once it is flagged (`stale` in the API) or its due time has passed. Without a due time it is on
 * time. `now` is in ms since 1970.
 */
export function dueStatusOf({ redraw }: WithRedraw, now: number): DueStatus {
  if (isFlagged(redraw)) return 'overdue';
  const left = timeLeft(redraw.due_at, now);
  if (left === null || left > SOON) return 'on_time';
  return left < 0 ? 'overdue' : 'due_soon';
}

/** Whether the sweep flagged it as overdue. */
function isFlagged({ state }: WithRedraw['redraw']): boolean {
  return state === 'stale';
}

const TONES: Readonly<Record<DueStatus, StatusText['tone']>> = {
  overdue: 'error',
  due_soon: 'info',
  on_time: 'pending',
};

/** "Overdue 3 days", "Due in 2 hours". */
export function dueText(transaction: WithRedraw, now: number): StatusText {
  const status = dueStatusOf(transaction, now);
  const tone = TONES[status];
  const left = timeLeft(transaction.redraw.due_at, now);
  if (status === 'overdue') {
    return { tone, text: left !== null && left < 0 ? `Overdue ${duration(left)}` : 'Overdue' };
  }
  return { tone, text: left === null ? 'No due date' : `Due in ${duration(left)}` };
}

function timeLeft(dueAt: string | null, now: number): number | null {
  const due = dueAt === null ? Number.NaN : Date.parse(dueAt);
  return Number.isNaN(due) ? null : due - now;
}
