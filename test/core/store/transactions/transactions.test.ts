import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contributionOf } from '../../../../core/domain/members/contribution.ts';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import { nextRevision } from '../../../../core/domain/stored/next-revision.ts';
import type { StoredTransaction } from '../../../../core/domain/stored/stored-transaction.ts';
import { readWebhook } from '../../../../core/junction/webhook-message.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { writeOrder } from '../../../../core/store/orders/write-order.ts';
import type { Table } from '../../../../core/store/table.ts';
import {
  readHeld,
  readTransaction,
  writeTransaction,
  writeTransactions,
} from '../../../../core/store/transactions/transactions.ts';
import { recompute } from '../../../../core/use-cases/recompute.ts';
import {
  event,
  listed,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { CLOCKS } from '../../../clocks.ts';
import { brings, orderId, record } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';
import { RequestMeter } from '../tables/request-meter.ts';
import { emptied } from './emptied.ts';

let engine: EngineTable;
let table: Table;
let meter: RequestMeter;

beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
  meter = new RequestMeter(table);
});
afterAll(() => engine.close());

/** Own ids for each test, because the tests share a table. */
let taken = 0;
function nextNumber(): number {
  taken += 1;
  return taken;
}

interface Draft {
  readonly after?: StoredTransaction | null;
  readonly origin?: string;
}

/** A revision of a transaction with one order, number `n`. */
function draft(id: string, n: number, { after = null, origin = 'initial' }: Draft = {}) {
  const contributions = brings(n, { snapshot: { origin, user_id: 'user' } });
  return nextRevision({ id, contributions, departures: {}, after }, CLOCKS);
}

describe('a guarded write', () => {
  test('is read back as it was written', async () => {
    const first = draft(transactionId(nextNumber()), 1);
    expect(await writeTransaction(table, first, null)).toBe('written');
    expect(await readTransaction(table, first.id)).toEqual(first);
    const second = draft(first.id, 1, { after: first, origin: 'redraw' });
    expect(second.revision).toBe(2);
    expect(await writeTransaction(table, second, first)).toBe('written');
    expect(await readTransaction(table, first.id)).toEqual(second);
  });

  test('conflicts with any other write since it was read', async () => {
    const first = draft(transactionId(nextNumber()), 1);
    const second = draft(first.id, 1, { after: first, origin: 'redraw' });
    expect(await writeTransaction(table, second, first)).toBe('conflict');
    await writeTransaction(table, first, null);
    expect(await writeTransaction(table, first, null)).toBe('conflict');
    await writeTransaction(table, second, first);
    expect(await writeTransaction(table, second, first)).toBe('conflict');
    expect(await writeTransaction(table, emptied(first), first)).toBe('conflict');
    expect(await readTransaction(table, first.id)).toEqual(second);
    expect(await writeTransaction(table, emptied(second), second)).toBe('written');
    expect(await readTransaction(table, first.id)).toBeNull();
    expect(await readHeld(table, first.id)).toEqual(emptied(second));
  });

  test('succeeds once among concurrent ones', async () => {
    const first = draft(transactionId(nextNumber()), 1);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => writeTransaction(table, first, null)));
    expect(outcomes.sort()).toEqual([...Array(5).fill('conflict'), 'written']);
  });
});

test('a write of several transactions writes all or none', async () => {
  const [one, other] = [draft(transactionId(nextNumber()), 1), draft(transactionId(nextNumber()), 2)];
  await writeTransaction(table, one, null);
  const both = [
    { next: draft(one.id, 1, { after: one, origin: 'redraw' }), read: one },
    { next: other, read: null },
  ];
  expect(await writeTransactions(table, both)).toBe('written');
  expect(await writeTransactions(table, both)).toBe('conflict');
  const late = [{ next: draft(transactionId(nextNumber()), 3), read: null }, ...both];
  expect(await writeTransactions(table, late)).toBe('conflict');
  expect(await readTransaction(table, late[0]?.next.id ?? '')).toBeNull();
});

describe('a recompute', () => {
  /** Writes an order as its webhook would; returns the change as the stream would. */
  async function change(body: Json) {
    const message = readWebhook(JSON.stringify(body), '2026-06-01T00:00:00.000000Z');
    if (message.kind !== 'order') throw new Error(JSON.stringify(message));
    await writeOrder(table, message.facts);
    const after = await readOrder(table, message.facts.id);
    if (!after) throw new Error('the order is gone');
    return after;
  }

  /** Competing writers take turns. The waiting times do not matter here. */
  const pause = () => setImmediate();
  const take = (record: OrderRecord, waiting = pause) =>
    recompute({ table, clocks: CLOCKS, pause: waiting }, record);

  const ordered = [event(1, 'ordered', march(1))];
  const inTransaction = (n: number, numbers: readonly number[] = []) => ({
    order_transaction: transaction(
      n,
      'active',
      numbers.map((m) => listed(m, 'ordered', march(1), { created_at: march(1) })),
    ),
    created_at: march(1),
    updated_at: march(1),
  });

  test('makes one read and at most one write', async () => {
    const n = nextNumber();
    const first = await change(walkIn(n, ordered, inTransaction(n)));
    meter.taken();
    expect(await take(first)).toBe('written');
    expect(meter.taken().map(({ command }) => command)).toEqual(['GetItemCommand', 'PutItemCommand']);
    expect(await take(first)).toBe('unchanged');
    expect(meter.taken().map(({ command }) => command)).toEqual(['GetItemCommand']);
    const moved = [...ordered, event(2, 'requisition_created', march(2))];
    const second = await change(walkIn(n, moved, inTransaction(n)));
    meter.taken();
    expect(await take(second)).toBe('written');
    expect(meter.taken().map(({ command }) => command)).toEqual(['GetItemCommand', 'PutItemCommand']);
  });

  test('of an older version changes nothing', async () => {
    const n = nextNumber();
    const first = await change(walkIn(n, ordered, inTransaction(n)));
    const second = await change(walkIn(n, [...ordered, event(2, 'completed', march(2))], inTransaction(n)));
    expect(await take(second)).toBe('written');
    expect(await take(first)).toBe('outdated');
    expect(await readTransaction(table, transactionId(n))).toMatchObject({
      status: 'completed',
      revision: 1,
    });
  });

  test('of many orders of one transaction, concurrently, has the same result as one after the other', async () => {
    const n = nextNumber();
    const numbers = Array.from({ length: 6 }, nextNumber);
    const changes = [];
    for (const m of numbers) changes.push(await change(walkIn(m, ordered, inTransaction(n, numbers))));
    let waits = 0;
    const outcomes = await Promise.all(
      changes.map((one) =>
        take(one, () => {
          waits += 1;
          return setImmediate();
        }),
      ),
    );
    expect(outcomes).toEqual(Array(6).fill('written'));
    expect(waits).toBeGreaterThan(0);
    const stored = await readTransaction(table, transactionId(n));
    expect(stored?.revision).toBe(6);
    const contributions = Object.fromEntries(changes.map((one) => [one.id, contributionOf(one)]));
    const whole = nextRevision({ id: transactionId(n), contributions, departures: {}, after: null }, CLOCKS);
    expect(stored).toEqual({ ...whole, revision: 6 });
  });

  test('fails, so that it is retried, if another writer wins every time', async () => {
    const n = nextNumber();
    const first = await change(walkIn(n, ordered, inTransaction(n)));
    let revision: StoredTransaction | null = null;
    const rival = { ...table, client: Object.create(table.client) };
    rival.client.send = async (command: { constructor: { name: string } }) => {
      if (/^(Put|TransactWrite)Command$/.test(command.constructor.name)) {
        const after: StoredTransaction | null = revision;
        revision = draft(transactionId(n), 999, { after });
        await writeTransaction(table, revision, after);
      }
      return table.client.send(command as never);
    };
    const waits: number[] = [];
    const note = async (attempt: number) => {
      waits.push(attempt);
    };
    const losing = recompute({ table: rival, clocks: CLOCKS, pause: note }, first);
    await expect(losing).rejects.toThrow(/8 times/);
    expect(waits).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect((await readTransaction(table, transactionId(n)))?.revision).toBe(8);
  });

  test('claims each listed order for its transaction once, except orders with an own claim', async () => {
    const [n, silent] = [nextNumber(), nextNumber()];
    const telling = await change(walkIn(n, ordered, inTransaction(n, [n, silent])));
    await take(telling);
    const claimed = await readOrder(table, orderId(silent));
    expect(claimed).toEqual(
      record(silent, {
        claims: {
          own: null,
          listed: { transaction_id: transactionId(n), rank: expect.stringContaining(orderId(n)) },
          registered: null,
        },
        claimedBy: [transactionId(n)],
        snapshot: null,
      }),
    );
    await take(telling);
    expect((await readOrder(table, orderId(silent)))?.version).toBe(1);
    await take(await change(walkIn(silent, ordered, inTransaction(n))));
    const later = [...ordered, event(2, 'completed', march(2))];
    await take(await change(walkIn(n, later, inTransaction(n, [n, silent]))));
    expect((await readOrder(table, orderId(silent)))?.version).toBe(2);
  });
});
