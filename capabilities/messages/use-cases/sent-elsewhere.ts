import type { Instant } from '../../../core/domain/instant.ts';
import { formerHomesOf } from '../../../core/domain/order/membership.ts';
import { orderOfProgress } from '../../../core/domain/redraw/redraw.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import type { Table } from '../../../core/store/table.ts';
import type { PatientMessage } from '../rules/message.ts';
import type { MessageChange } from '../rules/message-plan.ts';
import { held } from '../rules/message-steps.ts';
import { readMessages } from '../store/messages.ts';

/**
 * Holds back the new messages that the patient has got, or may have got, about an order while it was in another transaction. Only
 * a transaction with new messages pays for it: one read per order, and one per former transaction of an order.
 */
export async function withoutSentElsewhere(
  table: Table,
  { orders }: StoredTransaction,
  changes: readonly MessageChange[],
  now: Instant,
): Promise<readonly MessageChange[]> {
  if (changes.every(({ read }) => read !== null)) return changes;
  const sent = (await Promise.all(orders.map((order) => sentBefore(table, order)))).flat();
  return changes.map(({ next, read }) => {
    const same = ({ template, channel }: PatientMessage) =>
      template === next.template && channel === next.channel;
    return { read, next: read === null && sent.some(same) ? held(next, 'sent_elsewhere', now) : next };
  });
}

/** Messages about an order that were, or may have been, sent in its former transactions. */
async function sentBefore(
  table: Table,
  { id, origin }: StoredTransaction['orders'][number],
): Promise<PatientMessage[]> {
  const record = await readOrder(table, id);
  const messages = await Promise.all(
    (record ? formerHomesOf(record) : []).map((home) => readMessages(table, home)),
  );
  return messages.flat().filter(({ state, basis }) => {
    if (state === 'planned' || state === 'suppressed' || basis === null) return false;
    // Before there is a redraw order, a message is about the initial one.
    const about = orderOfProgress(basis);
    return about === id || (about === null && origin !== 'redraw');
  });
}
