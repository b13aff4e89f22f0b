import { openOrderKey } from '../../domain/members/open-order.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { isStalled } from '../../domain/transaction/follow-up.ts';
import type { Projection } from '../recompute.ts';
import { displayedTransactionId, findOrder, type TeamContext } from '../team-visibility.ts';
import {
  type AcknowledgementRequest,
  acknowledging,
  setMarks,
  type WithdrawalRequest,
  withdrawing,
} from './acknowledgements.ts';

/** The order is not flagged as stalled. */
class OrderNotStalled extends RequestRefused {
  override readonly name = 'OrderNotStalled';
  override readonly kind = 'conflict';
  readonly orderId: string;

  constructor(orderId: string) {
    super('The order is not stalled. To acknowledge a redraw, use the ID of its transaction.');
    this.orderId = orderId;
  }
}

/** An order, and the transaction that holds it. */
export interface OrderInTransaction {
  readonly orderId: string;
  readonly transactionId: string;
}

/**
 * The transaction that holds an order to show.
 *
 * @throws OrderNotFound
 */
export async function findOrderInTransaction(
  shown: TeamContext,
  orderId: string,
): Promise<OrderInTransaction> {
  const record = await findOrder(shown, orderId);
  return { orderId, transactionId: (await displayedTransactionId(shown, record)) ?? orderId };
}

/**
 * Acknowledges a stalled order, unless it progresses at the same time. Repeating an acknowledgement changes nothing.
 *
 * @throws TransactionNotFound
 * @throws OrderNotStalled
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to replace
 */
export function acknowledgeStalledOrder(
  projection: Projection,
  { orderId, transactionId }: OrderInTransaction,
  request: AcknowledgementRequest,
  now: Date,
): Promise<StoredTransaction> {
  return setMarks(projection, transactionId, { actor: request, now }, stalledKey(orderId), (marks) =>
    acknowledging(marks, request, now),
  );
}

/**
 * Withdraws the acknowledgement of a stalled order and stores who did. Without an acknowledgement, nothing changes.
 *
 * @throws TransactionNotFound
 * @throws OrderNotStalled
 * @throws AcknowledgementConflict if the current acknowledgement is not the one to withdraw
 */
export function withdrawFromStalledOrder(
  projection: Projection,
  { orderId, transactionId }: OrderInTransaction,
  request: WithdrawalRequest,
  now: Date,
): Promise<StoredTransaction> {
  return setMarks(projection, transactionId, { actor: request, now }, stalledKey(orderId), (marks) =>
    withdrawing(marks, request, now),
  );
}

const stalledKey =
  (orderId: string) =>
  (stored: StoredTransaction): string => {
    const { open_order, marks } = stored;
    if (open_order?.order_id !== orderId || !isStalled(stored, marks)) throw new OrderNotStalled(orderId);
    return openOrderKey(open_order);
  };
