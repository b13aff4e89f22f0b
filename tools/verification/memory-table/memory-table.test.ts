/** The table in memory answers the store's operations like a real engine, and has the same items after each. */

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrivalOf } from '../../../core/domain/order/arrivals.ts';
import type { MatchReviewReport } from '../../../core/domain/order/match-review.ts';
import { listedClaim } from '../../../core/domain/order/membership.ts';
import type { Appointment, OrderFacts } from '../../../core/domain/order/order-record.ts';
import { rankOf } from '../../../core/domain/order/rank.ts';
import { nextRevision } from '../../../core/domain/stored/next-revision.ts';
import { digest } from '../../../core/junction/digest.ts';
import { writeMatchReview } from '../../../core/store/match-reviews/match-reviews.ts';
import { writeCriticalResult } from '../../../core/store/orders/critical-results.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import { writeAppointment } from '../../../core/store/orders/write-appointment.ts';
import { writeListedClaim } from '../../../core/store/orders/write-listed-claim.ts';
import { writeOrder } from '../../../core/store/orders/write-order.ts';
import { quarantine } from '../../../core/store/quarantine/quarantine.ts';
import type { Table } from '../../../core/store/table.ts';
import { readHeld, writeTransaction } from '../../../core/store/transactions/transactions.ts';
import { recompute } from '../../../core/use-cases/recompute.ts';
import { CLOCKS } from '../../../test/clocks.ts';
import { anyFacts } from '../../../test/core/domain/arbitrary-orders.ts';
import { at, brings, orderId } from '../../../test/core/domain/order-records.ts';
import { writeAll } from '../../../test/core/store/tables/batches.ts';
import { type EngineTable, openEngineTable } from '../../../test/core/store/tables/engine-table.ts';
import { emptied } from '../../../test/core/store/transactions/emptied.ts';
import { holdsFor } from '../../../test/property.ts';
import { transactionId } from '../oracle/bodies.ts';
import type { Attributes } from './expressions.ts';
import { MemoryTable } from './memory-table.ts';

let engine: EngineTable;
beforeAll(async () => {
  engine = await openEngineTable();
});
afterAll(() => engine.close());

const number = fc.integer({ min: 1, max: 3 });
/** A real transaction, or one under the id of an order. */
const anyTransactionId = fc.oneof(number.map(transactionId), number.map(orderId));

const facts = fc
  .tuple(anyFacts, number, fc.option(anyTransactionId))
  .map(([one, n, transaction]): OrderFacts => {
    const ofOrder = { ...one, id: orderId(n), transactionId: transaction };
    return { ...ofOrder, rank: rankOf(ofOrder, digest, '9999') };
  });

const appointment = number.map(
  (n): Appointment => ({
    id: `visit-${n}`,
    status: 'confirmed',
    event_status: null,
    start_at: at(n),
    end_at: null,
    iana_timezone: null,
    provider: 'quest',
    type: null,
    can_reschedule: n > 1,
    updated_at: at(n),
  }),
);

const visit = fc.record(
  {
    orderId: number.map(orderId),
    transactionId: fc.option(number.map(transactionId)),
    receivedAt: fc.constant(at(9)),
    appointment,
    rank: number.map(String),
  },
  { noNullPrototype: true },
);

const review: fc.Arbitrary<MatchReviewReport> = fc.constantFrom('open', 'resolved').map((status) => ({
  id: 'review',
  team_id: null,
  status,
  decision_code: null,
  resolution_action: null,
  resolved_order_id: null,
}));

const transactionDraft = fc.tuple(anyTransactionId, number, fc.constantFrom(null, 1, 2, 3));

type Operation =
  | { readonly order: OrderFacts }
  | { readonly visit: typeof visit extends fc.Arbitrary<infer T> ? T : never }
  | { readonly critical: readonly [n: number, second: number] }
  | { readonly review: MatchReviewReport }
  | { readonly list: readonly [n: number, transaction: string, second: number] }
  | { readonly recompute: number }
  | { readonly write: readonly [id: string, n: number, read: number | null] }
  | { readonly remove: readonly [id: string, read: number] }
  | { readonly quarantine: string };

/** Operations with only a few payloads, so that they repeat and arrive in any order. */
const operationWith = (payloads: readonly OrderFacts[]): fc.Arbitrary<Operation> =>
  fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...payloads).map((order) => ({ order })) },
    { weight: 4, arbitrary: number.map((n) => ({ recompute: n })) },
    { weight: 3, arbitrary: visit.map((one) => ({ visit: one })) },
    {
      weight: 2,
      arbitrary: fc.tuple(number, anyTransactionId, number).map((list) => ({ list })),
    },
    { weight: 2, arbitrary: transactionDraft.map((write) => ({ write })) },
    { weight: 1, arbitrary: fc.tuple(number, number).map((critical) => ({ critical })) },
    { weight: 1, arbitrary: review.map((one) => ({ review: one })) },
    { weight: 1, arbitrary: fc.tuple(anyTransactionId, number).map((remove) => ({ remove })) },
    { weight: 1, arbitrary: fc.constantFrom('a', 'b').map((text) => ({ quarantine: text })) },
  );

const sequences = fc
  .array(facts, { minLength: 1, maxLength: 4 })
  .chain((payloads) => fc.array(operationWith(payloads), { minLength: 1, maxLength: 14 }));

async function recomputeOrder(table: Table, n: number): Promise<string> {
  const record = await readOrder(table, orderId(n));
  if (!record) return 'no order';
  return recompute({ table, clocks: CLOCKS, pause: async () => undefined }, record);
}

const ARRIVED = ['webhook', '2026-03-09T08:00:00.000000Z'] as const;

async function apply(table: Table, one: Operation): Promise<unknown> {
  if ('order' in one) return writeOrder(table, one.order, arrivalOf(one.order.events, ...ARRIVED));
  if ('visit' in one) return writeAppointment(table, one.visit);
  if ('review' in one) return writeMatchReview(table, one.review, at(1));
  if ('recompute' in one) return recomputeOrder(table, one.recompute);
  if ('remove' in one) {
    const [id, revision] = one.remove;
    const held = await readHeld(table, id);
    return held ? writeTransaction(table, emptied(held), { ...held, revision }) : 'nothing held';
  }
  if ('list' in one) {
    const [n, transaction_id, second] = one.list;
    const claim = listedClaim(orderId(9), { transaction_id, as_of: at(second) });
    return writeListedClaim(table, orderId(n), claim);
  }
  if ('critical' in one) {
    const [n, second] = one.critical;
    return writeCriticalResult(table, orderId(n), { status: 'critical', updated_at: at(second) }, at(second));
  }
  if ('quarantine' in one) {
    const body = Buffer.from(one.quarantine);
    return quarantine(table, { body, reason: 'none', receivedAt: at(0), retentionDays: 1 });
  }
  const [id, n, read] = one.write;
  const contributions = brings(n, { snapshot: { origin: 'initial' } });
  const held = await readHeld(table, id);
  const next = nextRevision({ id, contributions, departures: {}, after: held }, CLOCKS);
  return writeTransaction(table, next, read === null || !held ? null : { ...held, revision: read });
}

const place = ({ pk, sk }: Attributes) => `${String(pk)} ${String(sk)}`;

function byPlace(items: Iterable<Attributes>): Map<string, Attributes> {
  return new Map(
    [...items].map((item) => [place(item), plain(item)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Engines return bytes in different kinds of arrays. */
function plain(item: Attributes): Attributes {
  const { body } = item;
  return body instanceof Uint8Array ? { ...item, body: Buffer.from(body).toString('base64') } : item;
}

/** Without the marks of changes, which a middleware of the real client writes. */
async function itemsOf({ client, name }: Table): Promise<Attributes[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  return Items.filter(({ pk }) => !String(pk).startsWith('HEARTBEAT#'));
}

test('any sequence of the store’s operations has the same outcomes and the same items', async () => {
  await holdsFor(
    fc.asyncProperty(sequences, async (operations) => {
      await writeAll(engine.table, { drop: await itemsOf(engine.table) });
      const memory = new MemoryTable();
      for (const one of operations) {
        const [real, imitated] = [await apply(engine.table, one), await apply(memory, one)];
        expect(imitated).toEqual(real);
        expect(byPlace(memory.items.values())).toEqual(byPlace(await itemsOf(engine.table)));
      }
    }),
    // Amazon's engine takes five times as long for each.
    { numRuns: process.env.TEST_ENGINE === 'dynamodb-local' ? 12 : 40 },
  );
});
