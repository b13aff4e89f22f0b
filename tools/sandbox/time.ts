/** Microseconds since 1970, UTC: Junction's finest resolution, within the safe integers. */
export type Instant = number;

export const SECOND = 1_000_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How to write a time. Every spelling denotes the same instant. */
export interface TimeSpelling {
  zone: 'Z' | '+00:00' | '-05:00' | '+05:30' | 'none';
  separator: 'T' | ' ';
  /** The minimum number of fraction digits; more are written if the instant needs them. */
  digits: 0 | 3 | 6;
}

export const DOCUMENTED_TIME: TimeSpelling = { zone: 'Z', separator: 'T', digits: 0 };

const OFFSET: Record<TimeSpelling['zone'], Instant> = {
  Z: 0,
  '+00:00': 0,
  '-05:00': -5 * HOUR,
  '+05:30': 5.5 * HOUR,
  none: 0,
};

/** Parses the documented spelling of `spellTime` (UTC, `T`, `Z`). */
export function instantOf(time: Date | string): Instant {
  if (time instanceof Date) return time.getTime() * 1000;
  const fraction = /\.(\d+)Z$/.exec(time)?.[1] ?? '';
  const wholeSeconds = Date.parse(time.replace(/\.\d+Z$/, 'Z'));
  if (Number.isNaN(wholeSeconds)) throw new RangeError(`Not a documented time: ${time}`);
  return wholeSeconds * 1000 + Number(fraction.padEnd(6, '0'));
}

export function spellTime(instant: Instant, spelling: TimeSpelling = DOCUMENTED_TIME): string {
  const local = instant + OFFSET[spelling.zone];
  const seconds = new Date(Math.floor(local / SECOND) * 1000).toISOString().slice(0, 19);
  const zone = spelling.zone === 'none' ? '' : spelling.zone;
  return seconds.replace('T', spelling.separator) + fractionOf(local, spelling.digits) + zone;
}

/** A calendar day, `2025-03-03`, in UTC. */
export function spellDay(instant: Instant): string {
  return spellTime(instant).slice(0, 10);
}

function fractionOf(instant: Instant, atLeast: number): string {
  const micros = instant % SECOND;
  const needed = micros === 0 ? 0 : micros % 1000 === 0 ? 3 : 6;
  const digits = Math.max(needed, atLeast);
  return digits === 0 ? '' : `.${String(micros).padStart(6, '0').slice(0, digits)}`;
}
