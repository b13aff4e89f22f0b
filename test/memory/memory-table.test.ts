/** The table in memory answers the store's own operations as a real engine does, and holds the same items after each. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { arrivalOf } from '../../core/domain/order/arrivals.ts';
import type { Appointment, MatchReview, OrderFacts } from '../../core/domain/order/order-record.ts';
import { rankOf } from '../../core/domain/order/rank.ts';
import { digest } from '../../core/junction/digest.ts';
import { writeMatchReview } from '../../core/store/match-reviews.ts';
import { readOrderItem } from '../../core/store/order-item.ts';
import {
  nameTransaction,
  readOrder,
  writeAppointment,
  writeCriticalResult,
  writeOrder,
} from '../../core/store/orders.ts';
import { quarantine } from '../../core/store/quarantine.ts';
import { orderKey, type Table } from '../../core/store/table.ts';
import { nextRevision } from '../../core/store/transaction-item.ts';
import {
  deleteProvisional,
  deleteTransaction,
  readTransaction,
  writeTransaction,
} from '../../core/store/transactions.ts';
import { recompute } from '../../core/use-cases/recompute.ts';
import { anyFacts } from '../domain/arbitrary-orders.ts';
import { at, brings, CLOCKS, orderId } from '../domain/order-records.ts';
import { transactionId } from '../oracle/bodies.ts';
import { holdsFor } from '../property.ts';
import { writeAll } from '../store/batches.ts';
import { type EngineTable, openEngineTable } from '../store/engine-table.ts';
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
  .tuple(anyFacts, number, fc.uniqueArray(anyTransactionId, { maxLength: 2 }))
  .map(([one, n, transactionIds]): OrderFacts => {
    const ofOrder = { ...one, id: orderId(n), transactionIds };
    return { ...ofOrder, rank: rankOf(ofOrder, digest) };
  });

const appointment = number.map(
  (n): Appointment => ({
    ...{ id: `visit-${n}`, status: 'confirmed', event_status: null, start_at: at(n), end_at: null },
    ...{ iana_timezone: null, provider: 'quest', updated_at: at(n) },
  }),
);

const visit = fc.record(
  {
    orderId: number.map(orderId),
    transactionIds: fc.uniqueArray(number.map(transactionId), { maxLength: 1 }),
    appointment,
    rank: number.map(String),
  },
  { noNullPrototype: true },
);

const review: fc.Arbitrary<MatchReview> = fc.constantFrom('open', 'resolved').map((status) => ({
  ...{ id: 'review', status, decision_code: null, resolution_action: null, resolved_order_id: null },
}));

const transactionDraft = fc.tuple(anyTransactionId, number, fc.boolean(), fc.constantFrom(null, 1, 2, 3));

type Operation =
  | { readonly order: OrderFacts }
  | { readonly visit: typeof visit extends fc.Arbitrary<infer T> ? T : never }
  | { readonly critical: readonly [n: number, second: number] }
  | { readonly review: MatchReview }
  | { readonly name: readonly [n: number, transaction: string] }
  | { readonly recompute: number }
  | { readonly write: readonly [id: string, n: number, provisional: boolean, read: number | null] }
  | { readonly forget: number }
  | { readonly remove: readonly [id: string, read: number] }
  | { readonly quarantine: string };

/** What is done with a few payloads, so that they come again, late and early. */
const operationWith = (payloads: readonly OrderFacts[]): fc.Arbitrary<Operation> =>
  fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...payloads).map((order) => ({ order })) },
    { weight: 4, arbitrary: number.map((n) => ({ recompute: n })) },
    { weight: 3, arbitrary: visit.map((one) => ({ visit: one })) },
    { weight: 2, arbitrary: fc.tuple(number, anyTransactionId).map((name) => ({ name })) },
    { weight: 2, arbitrary: transactionDraft.map((write) => ({ write })) },
    { weight: 1, arbitrary: fc.tuple(number, number).map((critical) => ({ critical })) },
    { weight: 1, arbitrary: review.map((one) => ({ review: one })) },
    { weight: 1, arbitrary: number.map((forget) => ({ forget })) },
    { weight: 1, arbitrary: fc.tuple(anyTransactionId, number).map((remove) => ({ remove })) },
    { weight: 1, arbitrary: fc.constantFrom('a', 'b').map((text) => ({ quarantine: text })) },
  );

const sequences = fc
  .array(facts, { minLength: 1, maxLength: 4 })
  .chain((payloads) => fc.array(operationWith(payloads), { minLength: 1, maxLength: 14 }));

/** The newest change of an order as the stream would tell it: which version came before, the test chooses. */
async function recomputeOrder(table: Table, n: number): Promise<string> {
  const after = await readOrder(table, orderId(n));
  if (!after) return 'no order';
  const before = { ...after, transactionIds: after.transactionIds.slice(1), version: after.version - 1 };
  const none = readOrderItem({ ...orderKey(after.id), version: 1 });
  return recompute({ table, clocks: CLOCKS, pause: async () => undefined }, after, n === 3 ? none : before);
}

const ARRIVED = ['webhook', '2026-03-09T08:00:00.000000Z'] as const;

async function apply(table: Table, one: Operation): Promise<unknown> {
  if ('order' in one) return writeOrder(table, one.order, arrivalOf(one.order.events, ...ARRIVED));
  if ('visit' in one) return writeAppointment(table, one.visit);
  if ('review' in one) return writeMatchReview(table, one.review);
  if ('recompute' in one) return recomputeOrder(table, one.recompute);
  if ('forget' in one) return deleteProvisional(table, orderId(one.forget));
  if ('remove' in one) {
    const [id, revision] = one.remove;
    const held = await readTransaction(table, id);
    return deleteTransaction(table, id, { born: undefined, ...held, revision });
  }
  if ('name' in one) return nameTransaction(table, orderId(one.name[0]), one.name[1]);
  if ('critical' in one) {
    const [n, second] = one.critical;
    return writeCriticalResult(table, orderId(n), { status: 'critical', updated_at: at(second) });
  }
  if ('quarantine' in one) {
    const body = Buffer.from(one.quarantine);
    return quarantine(table, { body, reason: 'none', receivedAt: at(0), retentionDays: 1 });
  }
  const [id, n, provisional, read] = one.write;
  const contributions = brings(n, { snapshot: { origin: 'initial' } });
  const after = await readTransaction(table, id);
  const next = nextRevision({ id, provisional, contributions, after }, CLOCKS);
  return writeTransaction(table, next, read === null ? null : { born: undefined, ...after, revision: read });
}

const place = ({ pk, sk }: Attributes) => `${String(pk)} ${String(sk)}`;

function byPlace(items: Iterable<Attributes>): Map<string, Attributes> {
  return new Map(
    [...items].map((item) => [place(item), plain(item)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Bytes come back from an engine as another kind of array. */
function plain(item: Attributes): Attributes {
  const { body } = item;
  return body instanceof Uint8Array ? { ...item, body: Buffer.from(body).toString('base64') } : item;
}

async function itemsOf({ client, name }: Table): Promise<Attributes[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
  return Items;
}

test('any sequence of the store’s operations has the same outcomes and leaves the same items', async () => {
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
