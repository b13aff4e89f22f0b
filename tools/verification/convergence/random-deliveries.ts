/**
 * Facts drawn from so few times, statuses and ids that they often conflict: ties, contradictions, cycles, and reports
 * of others against the order's own. No real patient has such a history, but the state must still be the oracle's.
 */
import {
  appointment,
  delivered,
  enveloped,
  fullStatus,
  march,
  orderId,
  registered,
  transactionId,
} from '../oracle/bodies.ts';
import { numbers } from '../oracle/orders-of-delivery.ts';
import type { Delivery, Fact } from '../oracle/reading/facts.ts';
import type { Json } from '../oracle/reading/spelling.ts';

const LOWS = [
  'ordered',
  'requisition_created',
  'appointment_pending',
  'partial_results',
  'redraw_available',
  'completed',
  'corrected',
  'cancelled',
  'do_not_process',
  'lost',
  'sample_error',
  'teleported',
  'failure_to_deliver_to_moon',
];
const ORIGINS = ['initial', 'redraw', 'recreation', 'mystery', null, undefined];
const WORDS = ['active', 'completed', 'cancelled', 'on_hold', null, undefined];

class Draw {
  readonly #next: () => number;
  constructor(seed: number) {
    this.#next = numbers(seed);
  }
  below(n: number): number {
    return this.#next() % n;
  }
  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
  some<T>(most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.below(most + 1) }, (_, index) => make(index));
  }
  /** One of the four days, or null. */
  when(): string | null {
    return this.one([march(1), march(2), march(3), march(4), march(2), march(3), null]);
  }
}

/** One to six deliveries about up to four orders. */
export function randomDeliveries(seed: number): Delivery[] {
  const draw = new Draw(seed);
  const orders = 1 + draw.below(4);
  return Array.from({ length: 1 + draw.below(6) }, () => randomDelivery(draw, orders));
}

/** The same, with up to two registrations. Answers of Junction's API are in corrections.test.ts: those here state no truth. */
export function randomFacts(seed: number): Fact[] {
  const facts: Fact[] = randomDeliveries(seed);
  const draw = new Draw(seed + 1_000_000);
  for (const one of draw.some(2, () => randomRegistration(draw))) {
    facts.splice(draw.below(facts.length + 1), 0, one);
  }
  return facts;
}

function randomRegistration(draw: Draw): Fact {
  return registered(1 + draw.below(3), 1 + draw.below(2), march(1), {
    userId: draw.one(['u1', 'u2', null]),
    clientUserId: draw.one(['a', 'b', null]),
  });
}

function randomDelivery(draw: Draw, orders: number): Delivery {
  const receivedAt = draw.one([march(2, '07:00:00'), march(2), march(9), march(9), march(9)]);
  if (draw.below(10) === 0) {
    const visit = appointment(1 + draw.below(2), 1 + draw.below(orders), {
      order_transaction_id: draw.one([null, undefined, transactionId(1)]),
      status: draw.one(['pending', 'reserved', 'confirmed']),
      event_status: draw.one(['pending', 'reserved', 'scheduled', null]),
      type: draw.one(['phlebotomy', null]),
      can_reschedule: draw.one([true, false, null, undefined]),
      events: draw.some(2, () => ({ created_at: draw.when() ?? march(1), status: 'scheduled' })),
    });
    return delivered(enveloped(visit, { event_type: 'labtest.appointment.updated' }), march(9));
  }
  const order = randomOrder(draw, orders);
  // A critical result of an order without any time counts from its receipt, which differs if the webhook is sent again.
  if (order.interpretation === 'critical') order.created_at ??= march(1);
  const client = {
    client_user_id: draw.one(['a', 'b', null]),
    user_id: order.user_id,
    team_id: null,
  };
  return delivered(draw.one([order, enveloped(order, client), enveloped(order, client)]), receivedAt);
}

function randomOrder(draw: Draw, orders: number): Json {
  const n = 1 + draw.below(orders);
  return {
    id: orderId(n),
    user_id: draw.one(['u1', 'u2', null]),
    team_id: draw.one(['t1', null]),
    client_user_id: draw.one(['c', null, null]),
    origin: draw.one(ORIGINS),
    parent_id: draw.one([null, undefined, orderId(1 + draw.below(orders))]),
    created_at: draw.one([march(1), march(2), null]),
    updated_at: draw.one([march(1), march(2), march(30), null]),
    status: draw.one(['received', 'completed', 'cancelled', 'failed', null]),
    has_missing_results: draw.one([true, false, null]),
    interpretation: draw.one(['critical', null]),
    missing_results: draw.one([
      undefined,
      [],
      [{ name: 'HDL', slug: 'hdl', inferred_failure_type: 'x', loinc: '1' }],
    ]),
    expected_result_by_date: draw.one([undefined, '2026-03-09']),
    details: draw.one([{ type: 'walk_in_test' }, { type: 'testkit' }, null]),
    lab_test: draw.one([
      { id: 'l', name: 'L', slug: 'l', method: 'testkit', lab: draw.one([null, { slug: 'quest' }]) },
      { id: 'm', name: 'M', slug: 'm', method: 'walk_in_test', lab: { slug: 'sonora_quest' } },
      null,
    ]),
    events: draw.some(4, () => randomEvent(draw)),
    last_event: draw.one([undefined, null, randomEvent(draw)]),
    order_transaction: draw.one([null, randomTransaction(draw, orders), randomTransaction(draw, orders)]),
  };
}

const TIMES = [march(1), march(2), march(3), march(4), march(2, '08:30:00')];

function randomEvent(draw: Draw): Json {
  const low = draw.one(LOWS);
  const created_at = draw.when() ?? march(2, '08:30:00');
  const number = LOWS.indexOf(low) * TIMES.length + TIMES.indexOf(created_at);
  // One id always means one event. Events that are rewritten are in corrections.test.ts, where the truth decides.
  const id = number % 5 === 0 ? `${number}a` : draw.one([number, String(number)]);
  const status = [fullStatus(low), fullStatus(low, 'testkit'), low][number % 3];
  const status_detail = draw.one([undefined, null, 'sample_hemolyzed', 'sample_contaminated']);
  return { id, created_at, status, status_detail };
}

function listedOrders(draw: Draw, orders: number): number[] {
  return Array.from({ length: orders }, (_, index) => index + 1).filter(() => draw.below(3) > 0);
}

function randomTransaction(draw: Draw, orders: number): Json {
  return {
    id: draw.one([transactionId(1), transactionId(1), transactionId(1), transactionId(2), null]),
    status: draw.one(WORDS),
    orders: listedOrders(draw, orders).map((n) => {
      const at = draw.when();
      const low = at === null ? draw.one([null, 'ordered', 'completed', 'cancelled']) : draw.one(LOWS);
      return {
        id: orderId(n),
        origin: draw.one(ORIGINS),
        parent_id: draw.one([null, undefined, orderId(1 + draw.below(orders))]),
        created_at: draw.one([march(1), march(2), null]),
        ...(draw.below(2) === 0
          ? { low_level_status: low, low_level_status_created_at: at }
          : { last_status: low, last_status_created_at: at }),
      };
    }),
  };
}
