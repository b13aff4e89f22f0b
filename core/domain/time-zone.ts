import { type Instant, later } from './instant.ts';

const DAY = 86_400_000;
const OFFSET = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/;

/** Creating the first format takes about 20 ms. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The ends that were computed last, by zone and day: each takes several formats, and every read of a transaction needs some. */
const ends = new Map<string, Instant>();
const MAX_ENDS = 1_000;

/**
 * When a day, `2026-03-14`, ends in a time zone: the midnight after it. If the clocks are set back over midnight, the last of
 * the two.
 *
 * @throws RangeError for a zone that is not in the IANA database
 */
export function endOfDay(day: string, zone: string): Instant {
  const place = `${zone} ${day}`;
  const known = ends.get(place);
  if (known !== undefined) return known;
  if (ends.size === MAX_ENDS) ends.clear();
  const end = computedEnd(day, zone);
  ends.set(place, end);
  return end;
}

function computedEnd(day: string, zone: string): Instant {
  const midnight = Date.parse(`${day}T00:00:00Z`) + DAY;
  // The offsets a day before and a day after include both sides of a clock change.
  const candidates = [-DAY, DAY].map((away) => midnight - offsetAt(midnight + away, zone));
  const shown = candidates.filter((at) => at + offsetAt(at, zone) === midnight);
  // If the clocks are set forward over midnight, midnight does not exist.
  const end = Math.max(...(shown.length > 0 ? shown : candidates));
  return later(`${day}T00:00:00.000000Z`, end - midnight + DAY);
}

/**
 * How far local time is ahead of UTC at a moment (ms).
 *
 * @throws RangeError for a zone that is not in the IANA database
 */
export function offsetAt(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(format.format(at)) ?? [];
  const ahead = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -ahead : ahead;
}
