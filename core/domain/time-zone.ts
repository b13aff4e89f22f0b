import { type Instant, later } from './instant.ts';

const DAY = 86_400_000;
const OFFSET = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/;

/** Making the first one takes some 20 ms. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * When a day, `2026-03-14`, has ended in a time zone: when the clocks there show midnight after it, for the last time
 * where they are set back over it. Throws a RangeError for a zone that is not in the IANA database.
 */
export function endOfDay(day: string, zone: string): Instant {
  const midnight = Date.parse(`${day}T00:00:00Z`) + DAY;
  // A day before and a day after, so that a change of the clocks lies between.
  const candidates = [-DAY, DAY].map((away) => midnight - offsetAt(midnight + away, zone));
  const shown = candidates.filter((at) => at + offsetAt(at, zone) === midnight);
  // Where the clocks are set forward over midnight, none shows it.
  const end = Math.max(...(shown.length > 0 ? shown : candidates));
  return later(`${day}T00:00:00.000000Z`, end - midnight + DAY);
}

/** How far local time is ahead of UTC at a moment (ms). */
function offsetAt(at: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = OFFSET.exec(format.format(at)) ?? [];
  const ahead = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -ahead : ahead;
}
