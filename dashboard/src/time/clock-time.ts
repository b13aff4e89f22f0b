/** "Tue, Mar 3, 9:30 AM" in the reader's zone; "Mar 3, 2025, 9:30 AM" in another year than that of `now`. */
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
 * "Tue, Mar 3, 9:30 – 9:45 AM EST" as clocks show it in `zone` (IANA); null where there is no such zone, or the
 * reader's own clock shows the same.
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
    // Whatever Junction sent is no zone that this browser knows.
    return null;
  }
}
