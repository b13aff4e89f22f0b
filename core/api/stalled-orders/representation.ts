import type * as z from 'zod/mini';
import { nextStepOf } from '../../domain/next-step/next-step-of.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { showAssignment, showOpenOrder } from '../transactions/representation.ts';
import { stalledOrder } from './answer.ts';

/** The open order of a transaction as the API shows it in the list of stalled orders. */
export function showStalledOrder(stored: StoredTransaction): z.output<typeof stalledOrder> {
  const order = stored.orders.find(({ id }) => id === stored.open_order?.order_id);
  const { team_id, user_id, client_user_id, provisional } = stored;
  return stalledOrder.parse({
    team_id,
    user_id,
    client_user_id,
    order_transaction_id: provisional ? null : stored.id,
    ...order,
    ...showOpenOrder(stored),
    assignment: showAssignment(stored),
    contact: stored.contact ?? null,
    next_step: nextStepOf(stored),
  });
}
