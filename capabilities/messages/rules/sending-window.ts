import { type Instant, later } from '../../../core/domain/instant.ts';
import { offsetAt } from '../../../core/domain/time-zone.ts';

/** The hours during which messages may be sent, in minutes after midnight, 0 to 1440. `from` is before `to`. */
export interface SendingWindow {
  readonly from: number;
  /** The first minute after the window. */
  readonly to: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Hawaii is six hours behind New York, so a shorter window may never be open in all US time zones at once. */
const MIN_SPAN = 8 * 60;
const SPELLING = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/;

/** Reads `09:00-20:00`. Null for anything else, for hours over midnight, and for less than eight hours. */
export function parseSendingWindow(text: string): SendingWindow | null {
  const [hour = 24, minute = 60, endHour = 24, endMinute = 60] = (SPELLING.exec(text) ?? [])
    .slice(1)
    .map(Number);
  if (minute > 59 || endMinute > 59) return null;
  const hours = { from: hour * 60 + minute, to: endHour * 60 + endMinute };
  return hours.to <= 24 * 60 && hours.to - hours.from >= MIN_SPAN ? hours : null;
}

/**
 * The first moment, `now` or later, that lies within the hours in every one of the zones.
 *
 * @param zones IANA names of the zones where the patient may be
 * @throws RangeError for an unknown zone, and if the hours never coincide in all of the zones
 */
export function nextSendingTime(now: Instant, zones: readonly string[], hours: SendingWindow): Instant {
  const asked = Date.parse(`${now.slice(0, 23)}Z`);
  let at = asked;
  // Each iteration moves to the next opening in one zone. Two days contain at most three openings per zone.
  while (at - asked <= 2 * DAY) {
    const opening = Math.max(...zones.map((zone) => opensAt(at, zone, hours)), at);
    if (opening === at) return later(now, at - asked);
    at = opening;
  }
  throw new RangeError(`There is no time of the day within these hours in all of ${zones.join(', ')}.`);
}

/** The first moment, `at` or later, that lies within the hours in a zone. */
function opensAt(at: number, zone: string, { from, to }: SendingWindow): number {
  const local = at + offsetAt(at, zone);
  const midnight = local - (((local % DAY) + DAY) % DAY);
  const minutes = (local - midnight) / MINUTE;
  if (minutes >= from && minutes < to) return at;
  const opening = midnight + (minutes < from ? 0 : DAY) + from * MINUTE;
  // The UTC offset may change before the window opens.
  return opening - offsetAt(opening - offsetAt(at, zone), zone);
}
