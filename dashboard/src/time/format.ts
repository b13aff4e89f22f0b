const DAY = 86_400_000;

/**
 * Units, largest first, each with its length and the shortest duration it is used for (ms). Durations up to 90 days
 * are in days.
 */
const UNITS = [
  { unit: 'year', length: 31_557_600_000, from: 2 * 31_557_600_000 },
  { unit: 'month', length: 2_629_800_000, from: 90 * 86_400_000 },
  { unit: 'day', length: DAY, from: DAY },
  { unit: 'hour', length: 3_600_000, from: 3_600_000 },
  { unit: 'minute', length: 60_000, from: 60_000 },
] as const;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const printed = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });

function measured(length: number) {
  const size = Math.abs(length);
  const fitting = UNITS.find(({ from }) => size >= from);
  return fitting && { unit: fitting.unit, count: Math.trunc(size / fitting.length) };
}

/** "3 days ago", "in 2 hours", "just now". Days are those of the calendar where the reader is, so that "tomorrow" is the next one. */
export function relativeTime(at: number, now: number): string {
  const fitting = measured(at - now);
  if (!fitting) return 'just now';
  if (fitting.unit === 'day') return relative.format(calendarDay(at) - calendarDay(now), 'day');
  return relative.format(at < now ? -fitting.count : fitting.count, fitting.unit);
}

/** The number of the calendar day of a time where the reader is. */
function calendarDay(at: number): number {
  const local = new Date(at);
  return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) / DAY;
}

/** A duration: "3 days", "2 hours", "under a minute". */
export function duration(length: number): string {
  const fitting = measured(length);
  if (!fitting) return 'under a minute';
  return `${fitting.count} ${fitting.unit}${fitting.count === 1 ? '' : 's'}`;
}

/** To the second, with the user's time zone. */
export function exactTime(at: number): string {
  const name = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${exact.format(at)} ${name}`.trim();
}

/** For paper, where nothing can be pointed at: to the minute. The line that says when it was printed names the time zone. */
export function printedTime(at: number): string {
  return printed.format(at);
}
