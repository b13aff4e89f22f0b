import type { Transaction } from '../api/answers.ts';

/** Statuses in which the lab has reported results. */
const REPORTED = new Set(['redraw_available', 'completed', 'corrected']);

/** When the newest results of a transaction were reported (RFC 3339); null if unknown. */
export function newestResultsAt({ orders }: Transaction): string | null {
  const times = orders
    .filter(({ low_level_status }) => low_level_status !== null && REPORTED.has(low_level_status))
    .map(({ low_level_status_created_at }) => low_level_status_created_at)
    .filter((at) => at !== null);
  // All are in UTC with the same precision, so they sort as text.
  return times.sort().at(-1) ?? null;
}
