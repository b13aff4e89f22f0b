/** Random facts of orders, drawn from few values so that they often coincide. */
import fc from 'fast-check';
import type { Listing } from '../../../core/domain/order/membership.ts';
import type { OrderEvent } from '../../../core/domain/order/order-event.ts';
import type { OrderRecord, OrderSnapshot, SiblingFact } from '../../../core/domain/order/order-record.ts';
import { at, claiming, orderId, record, STATUS_OF_CLASS, snapshot } from './order-records.ts';

const instant = fc.integer({ min: 0, max: 4 }).map(at);
/** Plain objects as from JSON: those of fast-check sometimes lack a prototype. */
const plain = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { noNullPrototype: true });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 3 });

const LOWS = [
  'ordered',
  'requisition_created',
  'requisition_bypassed',
  'partial_results',
  'redraw_available',
  'completed',
  'corrected',
  'cancelled',
  'sample_error',
  'lost',
  'teleported',
  '',
];

const origin = maybe(fc.constantFrom('initial', 'redraw', 'recreation', 'unheard_of'));
const anyOrderId = fc.integer({ min: 1, max: 4 }).map(orderId);

export const anyEvent: fc.Arbitrary<OrderEvent> = plain({
  created_at: instant,
  position: fc.integer({ min: 0, max: 2 }),
  id: fc.constantFrom(
    '',
    '1',
    '2',
    '9',
    '10',
    '007',
    '7',
    '90071992547409931',
    '90071992547409930',
    '-3',
    'a1',
    '1a',
  ),
  status: fc.constantFrom(
    ...Object.values(STATUS_OF_CLASS),
    'failed',
    'completed.teleported',
    'received.x.ordered',
  ),
});

const anySibling: fc.Arbitrary<SiblingFact> = plain({
  order_id: anyOrderId,
  status: maybe(fc.constantFrom(...LOWS)),
  status_at: maybe(instant),
  origin,
  parent_id: maybe(anyOrderId),
  created_at: maybe(instant),
});

const report = maybe(
  plain({
    status: maybe(fc.constantFrom('active', 'completed', 'cancelled', 'paused')),
    orders: fc.dictionary(anyOrderId, maybe(instant), { maxKeys: 4, noNullPrototype: true }),
  }),
);

const anySnapshot: fc.Arbitrary<OrderSnapshot> = plain({
  status: maybe(fc.constantFrom('completed', 'cancelled', 'failed', 'received')),
  origin,
  parent_id: maybe(anyOrderId),
  user_id: maybe(fc.constantFrom('u1', 'u2')),
  team_id: maybe(fc.constantFrom('t1', 't2')),
  has_missing_results: maybe(fc.boolean()),
  created_at: maybe(instant),
  updated_at: maybe(instant),
  report,
}).map(snapshot);

const setOf = <T>(element: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(element, { maxLength, selector: (value) => JSON.stringify(value) });

const sets = {
  events: setOf(anyEvent, 4),
  futureEvents: setOf(anyEvent, 1),
  siblings: setOf(anySibling, 3),
  clientUser: maybe(
    plain({ user_id: maybe(fc.constantFrom('u1')), client_user_id: fc.constantFrom('c1', 'c2') }),
  ),
};

const transactionId = maybe(fc.constantFrom('t1', 't2'));
const anyListing: fc.Arbitrary<Listing> = plain({
  order_id: anyOrderId,
  transaction_id: fc.constantFrom('t1', 't2'),
  as_of: maybe(instant),
});
const listings = setOf(anyListing, 2);

/** The content of one payload, without its rank. */
export const anyFacts = plain({
  id: fc.constant(orderId(1)),
  receivedAt: fc.constant(at(9)),
  snapshot: anySnapshot,
  transactionId,
  listings,
  ...sets,
});

/** The record of order `n`. */
export function anyRecord(n: number): fc.Arbitrary<OrderRecord> {
  const own = transactionId.map((id) => claiming(id === null ? {} : { own: id }));
  const parts = plain({
    ...sets,
    listings,
    snapshot: maybe(anySnapshot),
    version: fc.integer({ min: 1, max: 9 }),
  });
  return fc.tuple(parts, own).map(([one, claims]) => record(n, { ...one, ...claims }));
}
