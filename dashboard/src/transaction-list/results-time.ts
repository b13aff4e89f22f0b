import type { Transaction } from '../api/answers.ts';

/** The states of an order in which the lab has reported its results. */
const REPORTED = new Set(['redraw_available', 'completed', 'corrected']);

/** Since when the newest results of a transaction are there (RFC 3339); null where that is not known. */
export function newestResultsAt({ orders }: Transaction): string | null {
  const times = orders
    .filter(({ low_level_status }) => low_level_status !== null && REPORTED.has(low_level_status))
    .map(({ low_level_status_created_at }) => low_level_status_created_at)
    .filter((at) => at !== null);
  // All in UTC with the same number of digits: in order as text.
  return times.sort().at(-1) ?? null;
}
