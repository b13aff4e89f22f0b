import { duration } from '../time/format.ts';
import type { StatusText } from '../wording/status.ts';
import type { WithRedraw } from './open-redraw.ts';

/** How an open redraw stands against its clock. `stale`: it was flagged; `overdue`: its time is up, the sweep has yet to look. */
export type DueStatus = 'stale' | 'overdue' | 'due_soon' | 'on_time';

/** Somebody who looks today can still keep it from getting late (ms). */
const SOON = 86_400_000;

/** `now` in ms since 1970. Without a clock nothing is late. */
export function dueStatusOf({ redraw }: WithRedraw, now: number): DueStatus {
  if (redraw.state === 'stale') return 'stale';
  const left = timeLeft(redraw.due_at, now);
  if (left === null || left > SOON) return 'on_time';
  return left < 0 ? 'overdue' : 'due_soon';
}

const TONES: Readonly<Record<DueStatus, StatusText['tone']>> = {
  stale: 'error',
  overdue: 'warning',
  due_soon: 'info',
  on_time: 'pending',
};

/** Due or overdue by how much, for people: "Overdue by 3 days", "Due in 2 hours". */
export function dueText(transaction: WithRedraw, now: number): StatusText {
  const tone = TONES[dueStatusOf(transaction, now)];
  const left = timeLeft(transaction.redraw.due_at, now);
  if (left === null) return { tone, text: transaction.redraw.state === 'stale' ? 'Stale' : 'No due date' };
  return { tone, text: left < 0 ? `Overdue by ${duration(left)}` : `Due in ${duration(left)}` };
}

function timeLeft(dueAt: string | null, now: number): number | null {
  const due = dueAt === null ? Number.NaN : Date.parse(dueAt);
  return Number.isNaN(due) ? null : due - now;
}
