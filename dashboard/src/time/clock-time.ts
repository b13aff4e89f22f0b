/** "Tue, Mar 3, 9:30 AM" in the user's time zone; "Mar 3, 2025, 9:30 AM" in another year than `now`. */
export function clockTime(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? thisYear : otherYear).format(at);
}

/** "Thu, Nov 26" in the user's time zone; "Thu, Nov 26, 2027" in another year than `now`. */
export function calendarDate(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayThisYear : dayOtherYear).format(at);
}

const day = { weekday: 'short', month: 'short', day: 'numeric' } as const;
const dayThisYear = new Intl.DateTimeFormat('en', day);
const dayOtherYear = new Intl.DateTimeFormat('en', { ...day, year: 'numeric' });

const parts = {
  ...day,
  hour: 'numeric',
  minute: '2-digit',
} as const;
const thisYear = new Intl.DateTimeFormat('en', parts);
const otherYear = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/**
 * "Tue, Mar 3, 9:30 – 9:45 AM EST" in `zone` (IANA). Null for an unknown zone, or if the user's own clock shows the
 * same time.
 */
export function timeInZone(start: number, end: number | null, zone: string): string | null {
  const there = formatIn(zone);
  const here = formatIn(undefined);
  if (!there || !here) return null;
  const shown = rangeText(there, start, end);
  return shown === rangeText(here, start, end) ? null : shown;
}

function rangeText(format: Intl.DateTimeFormat, start: number, end: number | null): string {
  return end !== null && end > start ? format.formatRange(start, end) : format.format(start);
}

function formatIn(timeZone: string | undefined): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', { ...parts, timeZoneName: 'short', ...(timeZone && { timeZone }) });
  } catch {
    // Not a time zone this browser knows.
    return null;
  }
}
