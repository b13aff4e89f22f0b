import type { Transaction } from '../api/answers.ts';
import { shortId } from '../components/identifier.tsx';
import { initialOrderId } from '../redraw/open-redraw.ts';

/** What results are of: their path in the API without the ending, and their name for people. */
export interface ResultSource {
  readonly path: string;
  readonly name: string;
}

/**
 * The results to show for a transaction: the combined ones once it is completed. Before that, Junction documents only
 * those of each order, and the initial order has the ones that made the redraw necessary.
 */
export function resultSourceOf(transaction: Transaction): ResultSource {
  const { id, status } = transaction;
  const initial = status === 'active' && transaction.redraw ? initialOrderId(transaction) : null;
  return initial === null
    ? { path: `/v1/transactions/${encodeURIComponent(id)}/results`, name: `transaction ${shortId(id)}` }
    : { path: `/v1/orders/${encodeURIComponent(initial)}/results`, name: `order ${shortId(initial)}` };
}
