import type { Transaction, TransactionOrder } from '../api/answers.ts';
import { shortId } from '../components/identifier.tsx';
import { hasResults } from '../transaction-list/results-time.ts';
import { humanize } from '../wording/status.ts';

/** What results are of: their path in the API without the ending, and their name for people. */
export interface ResultSource {
  readonly path: string;
  readonly name: string;
  /** Distinguishes it from the other sources of the transaction. */
  readonly label: string;
}

/**
 * The results to show for a transaction: the combined ones once it is completed. Before that, Junction documents only
 * those of each order.
 */
export function resultSourcesOf({ id, status, orders }: Transaction): ResultSource[] {
  const ofOrders = status === 'active' ? orders.filter(hasResults).map(sourceOfOrder) : [];
  if (ofOrders.length > 0) return ofOrders;
  const path = `/v1/transactions/${encodeURIComponent(id)}/results`;
  return [{ path, name: `transaction ${shortId(id)}`, label: 'Transaction' }];
}

function sourceOfOrder({ id, origin }: TransactionOrder): ResultSource {
  return {
    path: `/v1/orders/${encodeURIComponent(id)}/results`,
    name: `order ${shortId(id)}`,
    label: origin === null ? 'Order' : humanize(origin),
  };
}
