/** Junction's API, with the facts of its webhooks, as far as their meaning does not depend on the time of the request. */
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
/** Small, so that there are several pages. */
const PAGE = 2;
const HOUR = 3_600_000;

interface Told {
  readonly orders: Json[];
  readonly appointments: Json[];
}

export class JunctionRoutes {
  readonly #deliveries: readonly Delivery[];
  readonly #chance: Scheduler;
  readonly #byHour = new Map<number, Told>();

  constructor(deliveries: readonly Delivery[], chance: Scheduler) {
    this.#deliveries = deliveries;
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

  /** The answers it may have given about orders, by the product's request time. */
  answers(askedAt: string): Delivery[] {
    const { orders } = this.#told(Date.parse(askedAt));
    return orders.map((order) => ({ body: JSON.stringify(order), receivedAt: askedAt, askedAt }));
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
    for (const delivery of this.#deliveries) {
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

/** Whether a delivery would have the same meaning as an answer of Junction's API at that time. */
export function canTell(delivery: Delivery, at: number): boolean {
  const { event_type } = JSON.parse(delivery.body) as Json;
  const isAppointment = String(event_type).startsWith('labtest.appointment');
  const data = dataOf(delivery);
  const body = JSON.stringify(isAppointment ? { event_type, data } : data);
  const told = readDelivery({ body, receivedAt: new Date(at).toISOString() });
  return canonical(told) === canonical(readDelivery(delivery));
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
