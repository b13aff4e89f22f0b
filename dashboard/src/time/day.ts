const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day, `2026-03-20`. Date.parse turns February 30 into March, so the result is compared with the text. */
export function isDay(text: string): boolean {
  const at = DAY.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

const FORMAT = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** A day at the lab, "Mar 20", from a date or an instant (RFC 3339). It has no time zone of its own. */
export function dayText(at: string): string {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? at : FORMAT.format(day);
}
