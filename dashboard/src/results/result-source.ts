import type { Transaction, TransactionOrder } from '../api/answers.ts';
import { shortId } from '../components/identifier.tsx';
import { hasResults, newestResultsAt } from '../transaction-list/results-time.ts';
import { humanize } from '../wording/status.ts';

/** What results are of: their path in the API without the ending, and their name for people. */
export interface ResultSource {
  readonly path: string;
  readonly name: string;
  /** Distinguishes it from the other sources of the transaction. */
  readonly label: string;
  /** The ID of the patient in the client's own system, so that the reader can check whose results they are. */
  readonly clientUserId: string | null;
  /** Junction's ID of the patient. */
  readonly userId: string | null;
  readonly transactionId: string;
  /** The orders that they cover. */
  readonly orders: readonly TransactionOrder[];
  /** When the newest of them were reported (RFC 3339); null if unknown. */
  readonly reportedAt: string | null;
}

/**
 * The results to show for a transaction: the combined ones once it is completed. Before that, Junction documents only
 * those of each order.
 */
export function resultSourcesOf(transaction: Transaction): ResultSource[] {
  const { id, status, orders, client_user_id: clientUserId, user_id: userId } = transaction;
  const whose = { clientUserId, userId, transactionId: id, reportedAt: newestResultsAt(transaction) };
  const reported = status === 'active' ? orders.filter(hasResults) : [];
  if (reported.length > 0) return reported.map((order) => ({ ...sourceOfOrder(order), ...whose }));
  const path = `/v1/transactions/${encodeURIComponent(id)}/results`;
  return [{ path, name: `transaction ${shortId(id)}`, label: 'Transaction', orders, ...whose }];
}

function sourceOfOrder(order: TransactionOrder): Pick<ResultSource, 'path' | 'name' | 'label' | 'orders'> {
  const { id, origin } = order;
  return {
    orders: [order],
    path: `/v1/orders/${encodeURIComponent(id)}/results`,
    name: `order ${shortId(id)}`,
    label: origin === null ? 'Order' : humanize(origin),
  };
}
