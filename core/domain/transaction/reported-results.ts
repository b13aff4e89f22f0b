import { type Instant, latest } from '../instant.ts';
import type { Outcome } from '../members/outcome.ts';
import type { Transaction } from './transaction.ts';

/** Some of these outcomes have results although no order says so, for example if the initial order is unknown. */
const WITH_RESULTS: ReadonlySet<Outcome> = new Set([
  'results_complete',
  'results_incomplete',
  'redraw_expected',
  'redraw_in_progress',
]);

/** Whether the lab has reported results, partial or final. */
export function hasResults({ outcome, orders }: Pick<Transaction, 'outcome' | 'orders'>): boolean {
  return WITH_RESULTS.has(outcome) || orders.some(({ results_reported_at: at }) => at !== null);
}

/** When the lab last reported results; for results of an unknown time, the time of the newest fact. Null without results. */
export function resultsReportedAt(transaction: Transaction): Instant | null {
  if (!hasResults(transaction)) return null;
  const { orders, updated_at, created_at } = transaction;
  return latest(orders.map(({ results_reported_at: at }) => at)) ?? updated_at ?? created_at;
}
