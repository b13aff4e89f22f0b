import { dueStatusOf } from '../../redraw/due-status.ts';
import type { WithRedraw } from '../../redraw/open-redraw.ts';

const DAY = 86_400_000;

/** Age groups of open redraws. `from` and `to` in ms. */
export const AGE_GROUPS = [
  { id: '0-1', text: 'under 1 day', short: '< 1 d', from: 0, to: DAY },
  { id: '1-3', text: '1 to 3 days', short: '1–3 d', from: DAY, to: 3 * DAY },
  { id: '3-7', text: '3 to 7 days', short: '3–7 d', from: 3 * DAY, to: 7 * DAY },
  { id: '7-14', text: '1 to 2 weeks', short: '1–2 w', from: 7 * DAY, to: 14 * DAY },
  { id: '14-28', text: '2 to 4 weeks', short: '2–4 w', from: 14 * DAY, to: 28 * DAY },
  { id: '28-56', text: '4 to 8 weeks', short: '4–8 w', from: 28 * DAY, to: 56 * DAY },
  { id: '56', text: 'over 8 weeks', short: '> 8 w', from: 56 * DAY, to: Number.POSITIVE_INFINITY },
] as const;

export type AgeGroup = (typeof AGE_GROUPS)[number];

export interface AgeCount {
  readonly age: AgeGroup;
  readonly open: number;
  /** How many of them are overdue. */
  readonly overdue: number;
}

/** How long a redraw has been open (ms); null if unknown, and never negative. */
export function openFor({ redraw }: WithRedraw, now: number): number | null {
  const since = redraw.available_at === null ? Number.NaN : Date.parse(redraw.available_at);
  return Number.isNaN(since) ? null : Math.max(0, now - since);
}

export function isInAgeGroup(transaction: WithRedraw, { from, to }: AgeGroup, now: number): boolean {
  const length = openFor(transaction, now);
  return length !== null && length >= from && length < to;
}

/** All groups, including empty ones. */
export function countByAge(transactions: readonly WithRedraw[], now: number): AgeCount[] {
  return AGE_GROUPS.map((age) => {
    const of = transactions.filter((transaction) => isInAgeGroup(transaction, age, now));
    return { age, open: of.length, overdue: of.filter((one) => dueStatusOf(one, now) === 'overdue').length };
  });
}
