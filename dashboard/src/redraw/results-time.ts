import type { Transaction, TransactionOrder } from '../api/answers.ts';

/** Whether the lab has reported results of the order, partial or final. */
export function hasResults({ results_reported_at, low_level_status }: TransactionOrder): boolean {
  // Another order's payload can name the status without its time.
  return results_reported_at !== null || low_level_status === 'redraw_available';
}

/** The day by which results are expected: of the newest order that has one; null without. */
export function newestExpectedDate(orders: readonly TransactionOrder[]): string | null {
  return orders.findLast(({ expected_result_by_date: at }) => at !== null)?.expected_result_by_date ?? null;
}

/** When the newest results of a transaction were reported (RFC 3339); null if unknown. */
export function newestResultsAt({ orders }: Transaction): string | null {
  const times = orders.map(({ results_reported_at: at }) => at).filter((at) => at !== null);
  // All are in UTC with the same precision, so they sort as text.
  return times.sort().at(-1) ?? null;
}
