/** "Tue, Mar 3, 9:30 AM" in the user's time zone; "Mar 3, 2025, 9:30 AM" in another year than `now`. */
export function clockTime(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? thisYear : otherYear).format(at);
}

const parts = {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
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
