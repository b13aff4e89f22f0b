import type {
  ClientFacingOrder,
  ClientFacingOrderChanged,
  ClientFacingOrderTransaction,
  GetOrderTransactionResponse,
  OrderSummary,
} from '@junction-api/sdk/serialization';
import type { Journey } from './journeys.ts';
import type { Known } from './story.ts';
import { type Instant, instantOf } from './time.ts';

export interface OrderFilter {
  orderIds: readonly string[];
  transactionId: string | null;
  userId: string | null;
  /** Low-level statuses, any of them. */
  statuses: readonly string[];
  createdFrom: Instant | null;
  createdTo: Instant | null;
  updatedFrom: Instant | null;
  updatedTo: Instant | null;
}

/**
 * What Junction knows at its own clock: everything that has happened in its journeys by then, whether or
 * not a webhook about it was sent, lost or delivered.
 */
export interface Junction {
  /** Journeys whose future has not come yet are known as far as they have got. */
  add(journeys: readonly Journey[]): void;
  /** Stops Junction's clock at a time; null lets it run with the machine's again. */
  setClock(now: Date | null): void;
  order(id: string): ClientFacingOrder.Raw | null;
  /** Newest first. */
  orders(filter: OrderFilter): ClientFacingOrder.Raw[];
  transaction(id: string): GetOrderTransactionResponse.Raw | null;
  /** The webhook about the order's present state, as `resend_events` would send it. */
  latestWebhook(orderId: string): ClientFacingOrderChanged.Raw | null;
}

interface Dated {
  at: Instant;
  /** Tells two states of the same time apart: the later one counts. */
  place: number;
  known: Known;
}

export function junction(journeys: readonly Journey[] = []): Junction {
  const byOrder = new Map<string, Dated[]>();
  const ordersOf = new Map<string, Set<string>>();
  let stoppedAt: Date | null = null;
  let place = 0;

  const now = (): Instant => instantOf(stoppedAt ?? new Date());
  const latest = (orderId: string): Dated | null =>
    byOrder.get(orderId)?.findLast((dated) => dated.at <= now()) ?? null;

  const transactionOf = (
    id: string,
  ): { newest: Known; transaction: ClientFacingOrderTransaction.Raw } | null => {
    const states = [...(ordersOf.get(id) ?? [])].map(latest).filter((dated) => dated !== null);
    const newest = states.reduce<Dated | null>(
      (best, one) => (best && best.at > one.at ? best : one),
      null,
    )?.known;
    const transaction = newest?.order.order_transaction;
    return newest && transaction ? { newest, transaction } : null;
  };

  const order = (id: string): ClientFacingOrder.Raw | null => {
    const own = latest(id)?.known.order;
    if (!own?.order_transaction) return own ?? null;
    return { ...own, order_transaction: transactionOf(own.order_transaction.id)?.transaction ?? null };
  };

  const add = (more: readonly Journey[]): void => {
    for (const known of more.flatMap((journey) => journey.known)) {
      const { id, order_transaction: transaction } = known.order;
      byOrder.set(id, [...(byOrder.get(id) ?? []), { at: instantOf(known.at), place: place++, known }]);
      if (transaction) ordersOf.set(transaction.id, (ordersOf.get(transaction.id) ?? new Set()).add(id));
    }
  };

  add(journeys);
  return {
    add,
    order,
    setClock: (time) => {
      stoppedAt = time;
    },
    orders: (filter) => {
      const inTransaction =
        filter.transactionId === null ? null : (ordersOf.get(filter.transactionId) ?? new Set());
      return [...(inTransaction ?? byOrder.keys())]
        .map(order)
        .filter((one) => one !== null)
        .filter((one) => matches(one, filter))
        .sort((a, b) => instantOf(b.created_at) - instantOf(a.created_at));
    },
    transaction: (id) => {
      const found = transactionOf(id);
      if (!found) return null;
      const { team_id } = found.newest.order;
      return { id, team_id, status: found.transaction.status, orders: found.transaction.orders.map(summary) };
    },
    latestWebhook: (orderId) => {
      const known = latest(orderId)?.known;
      const data = order(orderId);
      if (!known || !data) return null;
      const event_type = data.events.length === 1 ? 'labtest.order.created' : 'labtest.order.updated';
      return {
        event_type,
        user_id: data.user_id,
        client_user_id: known.clientUserId,
        team_id: data.team_id,
        data,
      };
    },
  };
}

/** The transaction endpoint calls the status and its time otherwise than the webhooks do. */
function summary(order: ClientFacingOrderTransaction.Raw['orders'][number]): OrderSummary.Raw {
  const { low_level_status, low_level_status_created_at, ...rest } = order;
  return {
    ...rest,
    last_status: low_level_status ?? 'ordered',
    last_status_created_at: low_level_status_created_at ?? '',
  };
}

function matches(order: ClientFacingOrder.Raw, filter: OrderFilter): boolean {
  const [, , low = ''] = order.last_event.status.split('.');
  const isBetween = (time: string, from: Instant | null, to: Instant | null): boolean =>
    (from === null || instantOf(time) >= from) && (to === null || instantOf(time) <= to);
  return (
    (filter.orderIds.length === 0 || filter.orderIds.includes(order.id)) &&
    (filter.userId === null || filter.userId === order.user_id) &&
    (filter.statuses.length === 0 || filter.statuses.includes(low)) &&
    isBetween(order.created_at, filter.createdFrom, filter.createdTo) &&
    isBetween(order.updated_at, filter.updatedFrom, filter.updatedTo)
  );
}
