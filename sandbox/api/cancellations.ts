import type { ClientFacingOrder, ClientFacingOrderTransaction } from '@junction-api/sdk/serialization';
import { type Instant, spellTime } from '../time.ts';
import type { OrderFacts } from '../world/known.ts';
import { reportedStatus } from '../world/lifecycle.ts';

/** An order that was cancelled through the API. The rest of its story from `at` on does not happen. */
export interface Cancellation {
  at: Instant;
}

export function cancelledFacts(facts: OrderFacts, { at }: Cancellation): OrderFacts {
  return { ...facts, low: 'cancelled', updatedAt: at };
}

export function cancelledOrder(order: ClientFacingOrder.Raw, { at }: Cancellation): ClientFacingOrder.Raw {
  const time = spellTime(at);
  const { id, status } = order.last_event;
  const [, modality] = status.split('.');
  const event = {
    id: id + 1,
    created_at: time,
    status: `cancelled.${modality}.cancelled` as ClientFacingOrder.Raw['last_event']['status'],
    status_detail: null,
  };
  return {
    ...order,
    updated_at: time,
    status: 'cancelled',
    events: [...order.events, event],
    last_event: event,
  };
}

type Entry = ClientFacingOrderTransaction.Raw['orders'][number];

/** The transaction with its cancelled orders and the resulting status. */
export function cancelledTransaction(
  transaction: ClientFacingOrderTransaction.Raw,
  cancellationOf: (orderId: string) => Cancellation | null,
): ClientFacingOrderTransaction.Raw {
  if (!transaction.orders.some(({ id }) => cancellationOf(id))) return transaction;
  const orders = transaction.orders.map((entry): Entry => {
    const cancellation = cancellationOf(entry.id);
    if (!cancellation) return entry;
    const at = spellTime(cancellation.at);
    return { ...entry, low_level_status: 'cancelled', low_level_status_created_at: at, updated_at: at };
  });
  const members = orders.map(({ id, parent_id, origin, low_level_status }) => ({
    id,
    parentId: parent_id ?? null,
    origin: origin ?? 'initial',
    low: low_level_status ?? 'ordered',
  }));
  return { ...transaction, orders, status: reportedStatus(members) };
}
