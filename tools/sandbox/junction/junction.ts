import type {
  ClientFacingAppointment,
  ClientFacingOrder,
  ClientFacingOrderChanged,
  ClientFacingOrderTransaction,
  GetOrderTransactionResponse,
  LabResultsRaw,
  OrderSummary,
  UnmatchedResult,
} from '@junction-api/sdk/serialization';
import { type Journey, TEAM } from '../journeys/journeys.ts';
import type { Random } from '../random.ts';
import { type Instant, SECOND } from '../time.ts';
import { isActive } from '../world/appointment.ts';
import { Agenda } from './agenda.ts';
import { Archive, type JourneySource, type State } from './archive.ts';
import { Appointments } from './booking/appointments.ts';
import { Clock } from './clock.ts';
import { type LiveOrder, LiveStories, type OutgoingWebhook } from './live-stories.ts';
import { MatchReviews } from './match-reviews.ts';
import { OrderChanges } from './order-changes.ts';
import { matches, type OrderFilter, sortKey } from './order-filter.ts';
import { freshSource, PlacedOrders } from './ordering/placed-orders.ts';

interface JunctionOptions {
  /** Sends the webhooks of changes made by the API, and of journeys that play. */
  send?: (webhook: OutgoingWebhook) => void;
  /** The source of the ids of placed orders; by default different at each start. */
  source?: Random;
  /** Of what is placed by the API. */
  teamId?: string;
}

/**
 * What Junction knows at its clock: everything that has happened in the journeys, whether or not its webhook was sent,
 * lost or delivered, and what was done by the API since.
 */
export interface Junction {
  readonly agenda: Agenda;
  readonly appointments: Appointments;
  readonly changes: OrderChanges;
  readonly placed: PlacedOrders;
  readonly reviews: MatchReviews;
  now(): Instant;
  isRunning(): boolean;
  /** Adds journeys. Junction knows only the past of those in progress. */
  add(journeys: JourneySource): void;
  /** Adds a journey and sends its webhooks when their time comes. */
  play(journey: Journey): void;
  /** Stops Junction's clock at a time; null makes it follow the system clock again. */
  setClock(now: Date | null): void;
  /** Moves the clock forward by seconds, and does what falls due. */
  advance(seconds: number): void;
  /** Does what is due by now. */
  tick(): void;
  order(id: string): ClientFacingOrder.Raw | null;
  /** Cancels the order now. The rest of its story does not happen. */
  cancel(orderId: string): ReturnType<OrderChanges['cancel']>;
  /** The order, to be changed. */
  live(orderId: string): LiveOrder | null;
  /** Whether a user has an order. */
  isPatient(userId: string): boolean;
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
  /** The unmatched results, newest first. */
  unmatchedResults(): UnmatchedResult.Raw[];
  /** The ids of orders with an event between two times. */
  changedBetween(from: Instant, to: Instant): string[];
  /** The webhook with the current state of the order, as `resend_events` sends it. */
  latestWebhook(orderId: string): ClientFacingOrderChanged.Raw | null;
}

export function junction(journeys: JourneySource = [], options: JunctionOptions = {}): Junction {
  const { send = () => undefined, source = freshSource(), teamId = TEAM } = options;
  const archive = new Archive();
  const clock = new Clock();
  const agenda = new Agenda();
  archive.add(journeys);

  const now = (): Instant => clock.now();
  const live = new LiveStories({ archive, agenda, now, send });
  const reader = readerOf(archive, now);
  const appointments = new Appointments({ live, agenda, now, activeProviders: reader.activeProviders });
  const tick = (): void => agenda.runUntil(now());
  const changes = new OrderChanges({ live, agenda, appointments });
  return {
    agenda,
    appointments,
    changes,
    placed: new PlacedOrders({ live, now, teamId, clientUserIdOf: reader.clientUserIdOf, source }),
    reviews: new MatchReviews({ live, source, now, teamId }),
    now,
    isRunning: () => clock.isRunning,
    add: (more) => archive.add(more),
    play: (journey) => live.play(journey),
    cancel: (orderId) => changes.cancel(orderId),
    live: (orderId) => live.find(orderId),
    setClock: (time) => {
      clock.stop(time);
      tick();
    },
    advance: (seconds) => {
      clock.advance(seconds * SECOND);
      tick();
    },
    tick,
    ...reader.answers,
  };
}

/** The read-only methods. */
function readerOf(archive: Archive, now: () => Instant) {
  const latest = (orderId: string): State | null => archive.latest(orderId, now());

  const newestOf = (transactionId: string): State | null =>
    [...archive.orderIds(transactionId)]
      .map(latest)
      .reduce((best, one) => (best && one && best.index > one.index ? best : (one ?? best)), null);

  const transactionOf = (id: string): ClientFacingOrderTransaction.Raw | null =>
    newestOf(id)?.known().order.order_transaction ?? null;

  const render = ({ facts, known }: State): ClientFacingOrder.Raw => ({
    ...known().order,
    order_transaction: transactionOf(facts.transactionId),
  });

  const order = (id: string): ClientFacingOrder.Raw | null => {
    const state = latest(id);
    return state && render(state);
  };

  const all = (transactionId: string | null): State[] =>
    [...archive.orderIds(transactionId)].map(latest).filter((state) => state !== null);

  const find = (filter: OrderFilter): State[] => {
    const time = now();
    const direction = filter.ascending ? 1 : -1;
    return all(filter.transactionId)
      .filter(({ facts }) => matches(facts, filter, time))
      .sort((a, b) => direction * compare(sortKey(a.facts, filter.key), sortKey(b.facts, filter.key)));
  };

  const withPresent = (results: LabResultsRaw.Raw | null | undefined): LabResultsRaw.Raw | null => {
    if (!results?.order_transaction) return results ?? null;
    return { ...results, order_transaction: transactionOf(results.order_transaction.id) };
  };

  const ordersOf = (userId: string): State[] => all(null).filter(({ facts }) => facts.userId === userId);

  return {
    clientUserIdOf: (userId: string) => ordersOf(userId)[0]?.known().clientUserId ?? null,
    activeProviders: (userId: string) =>
      ordersOf(userId).flatMap(({ facts }) => {
        const booked = archive.latestAppointment(facts.orderId, now())?.appointment;
        return booked && isActive(booked) ? [booked.provider] : [];
      }),
    answers: {
      order,
      isPatient: (userId: string) => ordersOf(userId).length > 0,
      orders: (filter: OrderFilter) => find(filter).map(render),
      page: (filter: OrderFilter, page: number, size: number) => {
        const found = find(filter);
        const orders = found.slice((page - 1) * size, page * size).map(render);
        return { orders, total: found.length, page, size };
      },
      transaction: (id: string): GetOrderTransactionResponse.Raw | null => {
        const team_id = newestOf(id)?.known().order.team_id;
        const transaction = transactionOf(id);
        if (!transaction || team_id === undefined) return null;
        return { id, team_id, status: transaction.status, orders: transaction.orders.map(summary) };
      },
      results: (orderId: string) => withPresent(latest(orderId)?.known().results.order),
      transactionResults: (id: string) => withPresent(newestOf(id)?.known().results.transaction),
      appointment: (orderId: string) => archive.latestAppointment(orderId, now())?.appointment ?? null,
      unmatchedResults: () =>
        archive.reviews(now()).sort((a, b) => compare(b.created_at, a.created_at) || compare(a.id, b.id)),
      changedBetween: (from: Instant, to: Instant) =>
        [...archive.orderIds(null)].filter((id) => archive.between(id, from, Math.min(to, now())).length > 0),
      latestWebhook: (orderId: string): ClientFacingOrderChanged.Raw | null => {
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
    },
  };
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
