/** A time in UTC with microseconds, `2026-01-31T08:00:00.000000Z`. Text order is time order. */
export type Instant = string;

/** Sorts before every instant. Takes the place of an absent one in ordered keys. */
export const BEFORE_ALL_TIME: Instant = '0000-00-00T00:00:00.000000Z';

const SPELLING =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)?$/;
const MINUTE = 60_000;
const START_OF_YEARS = Date.parse('0000-01-01T00:00:00Z');
const END_OF_YEARS = Date.UTC(10_000, 0, 1);

/** Reads a date-time in any of Junction's spellings; without a zone it is UTC. Null if the text is not a date-time. */
export function parseInstant(text: string): Instant | null {
  const match = SPELLING.exec(text);
  if (!match) return null;
  const [, date, time, fraction = '', sign, hours = '0', minutes = '0'] = match;
  const local = Date.parse(`${date}T${time}Z`);
  // Date.parse turns February 30 into March, so the result is compared with the text.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 19) !== `${date}T${time}`) return null;
  if (Number(hours) > 23 || Number(minutes) > 59) return null;
  const offset = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
  const utc = new Date(local - offset).toISOString();
  return utc.length === 24 ? `${utc.slice(0, 19)}.${fraction.slice(0, 6).padEnd(6, '0')}Z` : null;
}

/** Whether two instants can be one time that was written with different precisions. */
export function isSameTime(one: Instant, other: Instant): boolean {
  const [a, b] = [one, other].map((instant) => instant.slice(20, 26)) as [string, string];
  if (one.slice(0, 19) !== other.slice(0, 19)) return false;
  // The less precise fraction has zeros where the other has digits.
  const end = [...a].findIndex((digit, index) => digit !== b[index]);
  return end < 0 || [a, b].some((fraction) => Number(fraction.slice(end)) === 0);
}

/** The instant `milliseconds` later. Keeps the microseconds and stays within the years 0 to 9999. */
export function later(instant: Instant, milliseconds: number): Instant {
  const moved = Date.parse(`${instant.slice(0, 23)}Z`) + milliseconds;
  if (moved >= END_OF_YEARS) return '9999-12-31T23:59:59.999999Z';
  if (moved < START_OF_YEARS) return '0000-01-01T00:00:00.000000Z';
  return `${new Date(moved).toISOString().slice(0, 23)}${instant.slice(23)}`;
}

/** The latest of the given instants; null if none is given. */
export function latest(instants: Iterable<Instant | null | undefined>): Instant | null {
  let greatest: Instant | null = null;
  for (const instant of instants) {
    if (instant && (greatest === null || instant > greatest)) greatest = instant;
  }
  return greatest;
}

/** The earliest of the given instants; null if none is given. */
export function earliest(instants: Iterable<Instant | null | undefined>): Instant | null {
  let least: Instant | null = null;
  for (const instant of instants) {
    if (instant && (least === null || instant < least)) least = instant;
  }
  return least;
}

const STAMP_LENGTH = 12;

/** What sorts below every stamp. */
export const NO_STAMP = '0'.repeat(STAMP_LENGTH);

/** An instant in 12 characters, whose text order is time order too: every write pays for the size of its item. */
export function stampOf(instant: Instant): string {
  const milliseconds = Date.parse(`${instant.slice(0, 23)}Z`) - START_OF_YEARS;
  const microseconds = Number(instant.slice(23, 26));
  return milliseconds.toString(36).padStart(10, '0') + microseconds.toString(36).padStart(2, '0');
}

/** The instant of a stamp. */
export function instantOfStamp(stamp: string): Instant {
  const milliseconds = START_OF_YEARS + Number.parseInt(stamp.slice(0, 10), 36);
  const microseconds = Number.parseInt(stamp.slice(10, STAMP_LENGTH), 36);
  return `${new Date(milliseconds).toISOString().slice(0, 23)}${String(microseconds).padStart(3, '0')}Z`;
}
