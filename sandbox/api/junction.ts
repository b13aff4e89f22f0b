import type {
  ClientFacingAppointment,
  ClientFacingOrder,
  ClientFacingOrderChanged,
  ClientFacingOrderTransaction,
  GetOrderTransactionResponse,
  LabResultsRaw,
  OrderSummary,
} from '@junction-api/sdk/serialization';
import { type Instant, instantOf } from '../time.ts';
import { isCancellable } from '../world/lifecycle.ts';
import { Archive, type JourneySource, type State } from './archive.ts';
import { type Cancellation, cancelledFacts, cancelledOrder, cancelledTransaction } from './cancellations.ts';
import { matches, type OrderFilter } from './order-filter.ts';

/**
 * What Junction knows at its clock: everything that has happened in the journeys, whether or not its webhook was sent,
 * lost or delivered.
 */
export interface Junction {
  /** Adds journeys. Of those in progress, Junction knows the past only. */
  add(journeys: JourneySource): void;
  /** Stops Junction's clock at a time; null makes it follow the system clock again. */
  setClock(now: Date | null): void;
  order(id: string): ClientFacingOrder.Raw | null;
  /** Newest first by default. */
  orders(filter: OrderFilter): ClientFacingOrder.Raw[];
  /** A page of the same list, from 1; `total` counts all orders. */
  page(
    filter: OrderFilter,
    page: number,
    size: number,
  ): { orders: ClientFacingOrder.Raw[]; total: number; page: number; size: number };
  transaction(id: string): GetOrderTransactionResponse.Raw | null;
  /** Null if there are no results yet. */
  results(orderId: string): LabResultsRaw.Raw | null;
  transactionResults(id: string): LabResultsRaw.Raw | null;
  appointment(orderId: string): ClientFacingAppointment.Raw | null;
  /** Cancels the order now. The rest of its story does not happen. */
  cancel(orderId: string): 'cancelled' | 'unknown' | { refusedIn: string };
  /** The webhook with the current state of the order, as `resend_events` sends it. */
  latestWebhook(orderId: string): ClientFacingOrderChanged.Raw | null;
}

export function junction(journeys: JourneySource = []): Junction {
  const archive = new Archive();
  const cancellations = new Map<string, Cancellation>();
  let stoppedAt: Date | null = null;
  archive.add(journeys);

  const now = (): Instant => instantOf(stoppedAt ?? new Date());
  const cancellationOf = (orderId: string): Cancellation | null => {
    const cancellation = cancellations.get(orderId);
    return cancellation && cancellation.at <= now() ? cancellation : null;
  };

  const latest = (orderId: string): State | null => {
    const cancellation = cancellationOf(orderId);
    const state = archive.latest(orderId, cancellation?.at ?? now());
    if (!state || !cancellation) return state;
    return { ...state, facts: cancelledFacts(state.facts, cancellation) };
  };

  const newestOf = (transactionId: string): State | null =>
    [...archive.orderIds(transactionId)]
      .map(latest)
      .reduce((best, one) => (best && one && best.index > one.index ? best : (one ?? best)), null);

  const present = (transaction: ClientFacingOrderTransaction.Raw): ClientFacingOrderTransaction.Raw =>
    cancelledTransaction(transaction, cancellationOf);

  const transactionOf = (id: string): ClientFacingOrderTransaction.Raw | null => {
    const transaction = newestOf(id)?.known().order.order_transaction;
    return transaction ? present(transaction) : null;
  };

  const render = ({ facts, known }: State): ClientFacingOrder.Raw => {
    const cancellation = cancellationOf(facts.orderId);
    const { order } = known();
    const own = cancellation ? cancelledOrder(order, cancellation) : order;
    return { ...own, order_transaction: transactionOf(facts.transactionId) };
  };

  const order = (id: string): ClientFacingOrder.Raw | null => {
    const state = latest(id);
    return state && render(state);
  };

  const find = (filter: OrderFilter): State[] => {
    const time = now();
    const direction = filter.ascending ? 1 : -1;
    return [...archive.orderIds(filter.transactionId)]
      .map(latest)
      .filter((state) => state !== null)
      .filter(({ facts }) => matches(facts, filter, time))
      .sort((a, b) => direction * (a.facts.createdAt - b.facts.createdAt));
  };

  const withPresent = (results: LabResultsRaw.Raw | null | undefined): LabResultsRaw.Raw | null => {
    if (!results?.order_transaction) return results ?? null;
    return { ...results, order_transaction: transactionOf(results.order_transaction.id) };
  };

  return {
    add: (more) => archive.add(more),
    order,
    setClock: (time) => {
      stoppedAt = time;
    },
    orders: (filter) => find(filter).map(render),
    page: (filter, page, size) => {
      const found = find(filter);
      const orders = found.slice((page - 1) * size, page * size).map(render);
      return { orders, total: found.length, page, size };
    },
    transaction: (id) => {
      const team_id = newestOf(id)?.known().order.team_id;
      const transaction = transactionOf(id);
      if (!transaction || team_id === undefined) return null;
      return { id, team_id, status: transaction.status, orders: transaction.orders.map(summary) };
    },
    results: (orderId) => withPresent(latest(orderId)?.known().results.order),
    transactionResults: (id) => withPresent(newestOf(id)?.known().results.transaction),
    appointment: (orderId) => archive.latestAppointment(orderId, now())?.appointment ?? null,
    cancel: (orderId) => {
      const state = latest(orderId);
      if (!state) return 'unknown';
      const { modality, low } = state.facts;
      if (!isCancellable(modality, low)) return { refusedIn: low };
      cancellations.set(orderId, { at: now() });
      return 'cancelled';
    },
    latestWebhook: (orderId) => {
      const state = latest(orderId);
      if (!state) return null;
      const data = render(state);
      return {
        event_type: data.events.length === 1 ? 'labtest.order.created' : 'labtest.order.updated',
        user_id: data.user_id,
        client_user_id: state.known().clientUserId,
        team_id: data.team_id,
        data,
      };
    },
  };
}

/** The transaction endpoint uses other names for the status and its time than webhooks. */
function summary(order: ClientFacingOrderTransaction.Raw['orders'][number]): OrderSummary.Raw {
  const { low_level_status, low_level_status_created_at, ...rest } = order;
  return {
    ...rest,
    last_status: low_level_status ?? 'ordered',
    last_status_created_at: low_level_status_created_at ?? '',
  };
}
