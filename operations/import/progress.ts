import type { Reached } from './reached.ts';

/** How much faster orders are compared than imported, as the function does it. */
const COMPARED_PER_IMPORTED = 5;

/** A line about what has been done, and how long the rest will take at that speed. */
export function progressLine(reached: Reached, first: Reached, seconds: number): string {
  const { phase, listed, compared, total } = reached.position;
  const done = phase === 'orders' ? listed : compared;
  const of = total === null ? '' : ` of ${total}`;
  const left = secondsLeft(reached, first, seconds);
  const about = left === null ? '' : `, about ${durationOf(left)} left`;
  return `${phase === 'orders' ? 'read' : 'compared'} ${done}${of} orders${about}`;
}

/** Null until enough is known. */
function secondsLeft({ position }: Reached, first: Reached, seconds: number): number | null {
  const { phase, total } = position;
  const work = workOf(position) - workOf(first.position);
  if (total === null || work <= 0) return null;
  const all =
    phase === 'orders'
      ? total + total / COMPARED_PER_IMPORTED
      : position.listed + total / COMPARED_PER_IMPORTED;
  return Math.max(0, ((all - workOf(position)) / work) * seconds);
}

/** In orders to import. */
const workOf = ({ listed, compared }: Reached['position']) => listed + compared / COMPARED_PER_IMPORTED;

function durationOf(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** What was found, at the end. */
export function sentenceOf({ from, to, position }: Reached, isDry: boolean): string {
  const { listed, joined, skipped, compared, differ } = position;
  const period = `created from ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  if (isDry) return `Junction lists ${compared} orders ${period}; ${differ} of them would be imported.`;
  const unread = skipped > 0 ? `, ${skipped} could not be read or stored` : '';
  return `Read ${listed} orders ${period}: ${joined} imported${unread}. ${differ} of ${compared} differ from Junction.`;
}
