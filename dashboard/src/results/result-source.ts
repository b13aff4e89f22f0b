import type { CriticalResult, Transaction, TransactionOrder } from '../api/answers.ts';
import { shortId } from '../components/identifier.tsx';
import { hasResults, newestResultsAt } from '../redraw/results-time.ts';
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
  readonly orders: readonly Pick<TransactionOrder, 'id' | 'modality' | 'lab_test'>[];
  /** Those with a critical result, acknowledged or not. */
  readonly critical: readonly string[];
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
  if (reported.length > 0) return reported.map((order) => sourceOfOrder(order.id, transaction));
  const path = `/v1/transactions/${encodeURIComponent(id)}/results`;
  const critical = orders.filter(({ critical_result }) => critical_result !== null).map((order) => order.id);
  return [{ path, name: `transaction ${shortId(id)}`, label: 'Transaction', orders, critical, ...whose }];
}

/** The results of one order of a transaction. */
export function sourceOfOrder(id: string, transaction: Transaction): ResultSource {
  const { orders, client_user_id: clientUserId, user_id: userId } = transaction;
  const order = orders.find((one) => one.id === id);
  const { origin = null, critical_result = null } = order ?? {};
  return {
    ...orderPath(id),
    orders: order ? [order] : [],
    label: origin === null ? 'Order' : humanize(origin),
    critical: critical_result === null ? [] : [id],
    clientUserId,
    userId,
    transactionId: transaction.id,
    reportedAt: newestResultsAt(transaction),
  };
}

/** The results of an order with a critical result. */
export function sourceOfCritical(result: CriticalResult): ResultSource {
  const { order_id: id, order_transaction_id, client_user_id: clientUserId, user_id: userId } = result;
  return {
    ...orderPath(id),
    orders: [],
    label: 'Order',
    critical: [id],
    clientUserId,
    userId,
    transactionId: order_transaction_id ?? id,
    // Of the critical result, not of the results.
    reportedAt: null,
  };
}

function orderPath(id: string): Pick<ResultSource, 'path' | 'name'> {
  return { path: `/v1/orders/${encodeURIComponent(id)}/results`, name: `order ${shortId(id)}` };
}
