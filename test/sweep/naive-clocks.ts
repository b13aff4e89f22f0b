/** When a redraw has to be flagged, reckoned from what happened and from nothing that the product says. */
import type { StageSpan } from '../../sandbox/world/redraw-stages.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** By the default clocks, normalised. A stage is not late before its order is to be activated: `since` knows. */
export function naiveDue({ stage, since, worstCaseResultBy }: StageSpan): string {
  switch (stage) {
    case 'awaiting_order':
      return plus(since, HOUR);
    case 'awaiting_requisition':
    case 'awaiting_draw':
      return plus(since, DAY);
    case 'awaiting_appointment':
      return plus(since, 7 * DAY);
    case 'awaiting_result':
      return worstCaseResultBy === null ? plus(since, 14 * DAY) : plus(`${worstCaseResultBy}T00:00:00Z`, DAY);
  }
}

/** Where the redraw was at a moment; undefined where it was not open. */
export function openSpan(stages: readonly StageSpan[], at: string): StageSpan | undefined {
  return stages.find(({ entered, until }) => micros(entered) <= at && (until === null || micros(until) > at));
}

/** A time as the sandbox writes it, with all its microseconds. */
export function micros(time: string): string {
  const fraction = /\.(\d+)Z$/.exec(time)?.[1] ?? '';
  return `${time.slice(0, 19)}.${fraction.padEnd(6, '0')}Z`;
}

function plus(time: string, milliseconds: number): string {
  const moved = new Date(Date.parse(time) + milliseconds).toISOString();
  return `${moved.slice(0, 23)}${micros(time).slice(23)}`;
}
