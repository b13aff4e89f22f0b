/** When a redraw must be flagged, computed from what happened and not from the product. */
import type { StageSpan } from '../../../../../tools/sandbox/world/redraw-stages.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The default clocks, normalized. No stage is overdue before the activation day of its order has ended. */
export function naiveDue({ stage, since, worstCaseResultBy, activateBy }: StageSpan): string {
  const from = activateBy === null ? since : laterOf(since, dayOver(activateBy));
  switch (stage) {
    case 'awaiting_order':
      return plus(from, HOUR);
    case 'awaiting_requisition':
    case 'awaiting_draw':
      return plus(from, DAY);
    case 'awaiting_appointment':
      return plus(from, 7 * DAY);
    case 'awaiting_result':
      return worstCaseResultBy === null ? plus(since, 14 * DAY) : plus(dayOver(worstCaseResultBy), DAY);
  }
}

/**
 * Midnight after a day in California, by the law of 2005: daylight saving time lasts from the second Sunday of March to the
 * first Sunday of November, at two in the morning.
 */
function dayOver(day: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY);
  const year = next.getUTCFullYear();
  const isSaving = next.getTime() > sunday(year, 2, 8) && next.getTime() <= sunday(year, 10, 1);
  return new Date(next.getTime() + (isSaving ? 7 : 8) * HOUR).toISOString();
}

/** The first Sunday of a month from this day on. */
function sunday(year: number, month: number, from: number): number {
  const first = new Date(Date.UTC(year, month, from));
  return first.getTime() + ((7 - first.getUTCDay()) % 7) * DAY;
}

function laterOf(one: string, other: string): string {
  return Date.parse(one) >= Date.parse(other) ? one : other;
}

/** The stage of the redraw at a moment; undefined if it was not open. */
export function openSpan(stages: readonly StageSpan[], at: string): StageSpan | undefined {
  return stages.find(({ entered, until }) => micros(entered) <= at && (until === null || micros(until) > at));
}

/** A time in the sandbox's form, with all its microseconds. */
export function micros(time: string): string {
  const fraction = /\.(\d+)Z$/.exec(time)?.[1] ?? '';
  return `${time.slice(0, 19)}.${fraction.padEnd(6, '0')}Z`;
}

function plus(time: string, milliseconds: number): string {
  const moved = new Date(Date.parse(time) + milliseconds).toISOString();
  return `${moved.slice(0, 23)}${micros(time).slice(23)}`;
}
