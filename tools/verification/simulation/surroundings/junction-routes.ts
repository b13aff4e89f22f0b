/**
 * Junction's API. What its newest webhook said of an order or an appointment is the truth, as far as its meaning does not depend
 * on the time of the request: answers that contradict each other are in tools/verification/convergence/corrections.test.ts.
 */
import { parseInstant } from '../../../../core/domain/instant.ts';
import { eventIdentity } from '../../../../core/domain/order/order-event.ts';
import { ageOf } from '../../../../core/domain/order/rank.ts';
import { appointmentFacts, appointmentPayload } from '../../../../core/junction/appointment-payload.ts';
import { orderFacts, orderPayload } from '../../../../core/junction/order-payload.ts';
import { readOrThrow } from '../../../../core/reading/reading.ts';
import type { Delivery } from '../../oracle/reading/facts.ts';
import { readDelivery } from '../../oracle/reading/payload.ts';
import { canonical, type Json } from '../../oracle/reading/spelling.ts';
import type { Scheduler } from './scheduler.ts';
import type { Arrived, WireAnswer, WireRequest } from './wire.ts';

const ok = (body: unknown): WireAnswer => ({ status: 200, body: JSON.stringify(body) });
const NOT_FOUND: WireAnswer = { status: 404, body: '{"detail":"Not found"}' };
const REFUSALS: readonly (() => WireAnswer)[] = [
  () => ({ status: 429, body: '{"detail":"Too many requests"}', headers: { 'retry-after': '1' } }),
  () => ({ status: 503, body: '{"detail":"Unavailable"}' }),
  () => ({ status: 502, body: '<html>' }),
  () => ({ status: 200, body: '{"orders":' }),
];
const NOBODY = { user_id: null, client_user_id: null, team_id: null };
/** Small, so that there are several pages. */
const PAGE = 2;
const HOUR = 3_600_000;

interface Told {
  readonly orders: Json[];
  readonly appointments: Json[];
}

export class JunctionRoutes {
  readonly #newest: readonly Delivery[];
  readonly #chance: Scheduler;
  readonly #byHour = new Map<number, Told>();

  constructor(deliveries: readonly Delivery[], chance: Scheduler) {
    this.#newest = newestOfEach(deliveries);
    this.#chance = chance;
  }

  arrived({ path }: WireRequest, now: number): Arrived<WireAnswer> {
    return {
      what: () => `asks Junction for ${path.slice(0, 60)}`,
      work: () => this.#answer(path, now),
      refusals: REFUSALS,
      refusedOneIn: 2,
    };
  }

  #answer(path: string, now: number): WireAnswer {
    const { pathname, searchParams } = new URL(path, 'https://junction.example');
    const [, , kind, id = '', more] = pathname.split('/');
    const told = this.#told(now);
    if (kind === 'orders') return pageOf(told.orders, Number(searchParams.get('page') ?? 1));
    if (kind === 'order' && more === undefined)
      return this.#oneOf(told.orders.filter((order) => order.id === id));
    if (kind === 'order') return this.#oneOf(told.appointments.filter(({ order_id }) => order_id === id));
    if (kind !== 'order_transaction' || more !== undefined) return NOT_FOUND;
    const inside = told.orders.filter((order) => (order.order_transaction as Json | null)?.id === id);
    return inside.length === 0 ? NOT_FOUND : ok({ id, orders: inside.map(listed) });
  }

  /** Its answer about an order, asked then. Its content is always the same. */
  answerAbout(orderId: string, askedAt: string): Delivery | null {
    const order = this.#newest
      .map(dataOf)
      .find(({ id, order_id }) => id === orderId && order_id === undefined);
    return order ? { body: JSON.stringify(order), receivedAt: askedAt, askedAt } : null;
  }

  /** The same, if it would tell of the order at all when it is asked then. */
  answerAt(orderId: string, askedAt: string): Delivery | null {
    const isTold = this.#told(Date.parse(askedAt)).orders.some(({ id }) => id === orderId);
    return isTold ? this.answerAbout(orderId, askedAt) : null;
  }

  #oneOf(known: readonly Json[]): WireAnswer {
    return known.length === 0 ? NOT_FOUND : ok(this.#chance.one(known));
  }

  /** The payloads of the deliveries whose meaning is the same without an envelope and at this time. */
  #told(now: number): Told {
    const hour = Math.floor(now / HOUR);
    const known = this.#byHour.get(hour);
    if (known) return known;
    const told: Told = { orders: [], appointments: [] };
    for (const delivery of this.#newest) {
      // Its meaning changes only once, when a future time in it is reached.
      if (![hour, hour + 1].every((at) => canTell(delivery, at * HOUR))) continue;
      const { kind } = readDelivery(delivery);
      if (kind === 'order') told.orders.push(dataOf(delivery));
      if (kind === 'appointment') told.appointments.push(dataOf(delivery));
    }
    this.#byHour.set(hour, told);
    return told;
  }
}

/** The newest delivery about each order, and about the appointments of each order, unless another one contradicts it. */
function newestOfEach(deliveries: readonly Delivery[]): Delivery[] {
  const about = Map.groupBy(deliveries.flatMap(read), (one) => one.about);
  return [...about.values()].flatMap((all) => {
    const [newest, ...older] = all.toSorted((a, b) => (a.rank < b.rank ? 1 : -1));
    const isTruth = older.every(
      (one) =>
        one.rank === newest?.rank ||
        (ageOf(one.rank) !== ageOf(newest?.rank ?? '') &&
          one.events.every((id) => newest?.events.includes(id))),
    );
    return newest && isTruth ? [newest.delivery] : [];
  });
}

function read(delivery: Delivery) {
  const { kind } = readDelivery(delivery);
  const at = parseInstant(delivery.receivedAt) ?? '';
  if (kind === 'order') {
    const { id, rank, events } = orderFacts(readOrThrow(orderPayload, dataOf(delivery)), NOBODY, at);
    return [{ about: `order ${id}`, rank, events: events.map(eventIdentity), delivery }];
  }
  if (kind !== 'appointment') return [];
  const { orderId, rank } = appointmentFacts(readOrThrow(appointmentPayload, dataOf(delivery)), at);
  return [{ about: `appointment of ${orderId}`, rank, events: [], delivery }];
}

/** Whether a delivery would have the same meaning as an answer of Junction's API at that time. */
export function canTell(delivery: Delivery, at: number): boolean {
  const { event_type } = JSON.parse(delivery.body) as Json;
  const isAppointment = String(event_type).startsWith('labtest.appointment');
  const data = dataOf(delivery);
  const body = JSON.stringify(isAppointment ? { event_type, data } : data);
  const told = { body, receivedAt: new Date(at).toISOString() };
  return meaningOf(told) === meaningOf(delivery);
}

/** What a delivery says, whenever it is received. */
function meaningOf(delivery: Delivery): string {
  return canonical({ ...readDelivery(delivery), receivedAt: '' });
}

function dataOf({ body }: Delivery): Json {
  const sent = JSON.parse(body) as Json;
  return ('event_type' in sent ? sent.data : sent) as Json;
}

function listed(order: Json): Json {
  const [first] = order.events as Json[];
  return { id: order.id, last_status: 'completed', last_status_created_at: first?.created_at ?? null };
}

function pageOf(orders: readonly Json[], page: number): WireAnswer {
  const shown = orders.slice((page - 1) * PAGE, page * PAGE);
  return ok({ orders: shown, total: orders.length, page, size: PAGE });
}
