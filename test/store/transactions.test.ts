import { setImmediate } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contributionOf } from '../../core/domain/transaction/contribution.ts';
import { digest } from '../../core/junction/digest.ts';
import { readWebhook } from '../../core/junction/webhook-message.ts';
import { nameTransaction, readOrder, writeOrder } from '../../core/store/orders.ts';
import type { Table } from '../../core/store/table.ts';
import { nextRevision, type StoredTransaction, transactionItem } from '../../core/store/transaction-item.ts';
import {
  deleteProvisional,
  deleteTransaction,
  readTransaction,
  writeTransaction,
} from '../../core/store/transactions.ts';
import { recompute } from '../../core/use-cases/recompute.ts';
import { brings, CLOCKS, event as orderEvent, orderId, record } from '../domain/order-records.ts';
import { event, listed, march, transaction, transactionId, walkIn } from '../oracle/bodies.ts';
import type { Json } from '../oracle/spelling.ts';
import { type EngineTable, openEngineTable } from './engine-table.ts';
import { RequestMeter } from './request-meter.ts';

let engine: EngineTable;
let table: Table;
let meter: RequestMeter;

beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
  meter = new RequestMeter(table);
});
afterAll(() => engine.close());

/** Ids of their own for each test: the table is shared. */
let taken = 0;
function nextNumber(): number {
  taken += 1;
  return taken;
}

const redrawAvailable = orderEvent(1, 'collecting_sample.walk_in_test.redraw_available');

interface Draft {
  readonly provisional?: boolean;
  readonly after?: StoredTransaction | null;
  readonly origin?: string;
}

/** A revision of a transaction with one order, number `n`. */
function draft(id: string, n: number, { provisional = false, after = null, origin = 'initial' }: Draft = {}) {
  const contributions = brings(n, { snapshot: { origin, user_id: 'user' } });
  return nextRevision({ id, provisional, contributions, after }, CLOCKS);
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

  test('of what was written before missing markers stood beside the redraw is read, and brought up', async () => {
    const n = nextNumber();
    const id = transactionId(n);
    const wanting = { events: [redrawAvailable], snapshot: { origin: 'initial', has_missing_results: true } };
    const first = nextRevision(
      { id, provisional: false, contributions: brings(n, wanting), after: null },
      CLOCKS,
    );
    const { missing_results, markers_wanted_of, redraw, ...older } = transactionItem(first);
    expect(markers_wanted_of).toBe(orderId(n));
    const Item = { ...older, redraw: { ...(redraw as object), missing_results, markers_wanted_of } };
    await table.client.send(new PutCommand({ TableName: table.name, Item }));
    const read = await readTransaction(table, id);
    expect(read).toMatchObject({ missing_results, markers_wanted_of });
    const next = nextRevision({ ...first, after: read }, CLOCKS);
    expect(await writeTransaction(table, next, read)).toBe('written');
    expect(await readTransaction(table, id)).toEqual(next);
  });

  test('conflicts with any other since the reading', async () => {
    const first = draft(transactionId(nextNumber()), 1);
    const second = draft(first.id, 1, { after: first, origin: 'redraw' });
    expect(await writeTransaction(table, second, first)).toBe('conflict');
    await writeTransaction(table, first, null);
    expect(await writeTransaction(table, first, null)).toBe('conflict');
    await writeTransaction(table, second, first);
    expect(await writeTransaction(table, second, first)).toBe('conflict');
    expect(await deleteTransaction(table, first.id, first)).toBe('conflict');
    expect(await readTransaction(table, first.id)).toEqual(second);
    expect(await deleteTransaction(table, first.id, second)).toBe('written');
    expect(await readTransaction(table, first.id)).toBeNull();
    expect(await deleteTransaction(table, first.id, second)).toBe('conflict');
  });

  test('lets one of several through', async () => {
    const first = draft(transactionId(nextNumber()), 1);
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => writeTransaction(table, first, null)));
    expect(outcomes.sort()).toEqual([...Array(5).fill('conflict'), 'written']);
  });
});

describe('a provisional transaction', () => {
  const provisional = (n: number, after: StoredTransaction | null = null) =>
    draft(orderId(n), n, { provisional: true, after });

  test('is written while its order names none, known or not', async () => {
    const n = nextNumber();
    expect(await writeTransaction(table, provisional(n), null)).toBe('written');
    expect(await writeTransaction(table, provisional(n), null)).toBe('conflict');
  });

  test('is refused once its order names one, whatever was read before', async () => {
    const n = nextNumber();
    const first = provisional(n);
    await writeTransaction(table, first, null);
    await nameTransaction(table, orderId(n), transactionId(n));
    expect(await writeTransaction(table, provisional(n, first), first)).toBe('order_moved');
    expect(await writeTransaction(table, provisional(n), null)).toBe('order_moved');
    await deleteProvisional(table, orderId(n));
    expect(await writeTransaction(table, provisional(n), null)).toBe('order_moved');
    expect(await readTransaction(table, orderId(n))).toBeNull();
  });

  test('is deleted alone: a real one under the same id stays', async () => {
    const n = nextNumber();
    const real = draft(orderId(n), n);
    await writeTransaction(table, real, null);
    expect(await deleteProvisional(table, orderId(n))).toBe('written');
    expect(await readTransaction(table, orderId(n))).toEqual(real);
    expect(await deleteProvisional(table, orderId(nextNumber()))).toBe('written');
  });
});

describe('a recompute', () => {
  /** Writes an order as its webhook would, and gives the change as the stream would. */
  async function change(body: Json) {
    const message = readWebhook(JSON.stringify(body), '2026-06-01T00:00:00.000000Z', digest);
    if (message.kind !== 'order') throw new Error(JSON.stringify(message));
    const before = await readOrder(table, message.facts.id);
    await writeOrder(table, message.facts);
    const after = await readOrder(table, message.facts.id);
    if (!after) throw new Error('the order is gone');
    return { before, after };
  }

  /** Rivals take turns; how long they wait is not what counts here. */
  const pause = () => setImmediate();
  const take = ({ before, after }: Awaited<ReturnType<typeof change>>, waiting = pause) =>
    recompute({ table, clocks: CLOCKS, pause: waiting }, after, before);

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

  test('is one reading and at most one write', async () => {
    const n = nextNumber();
    const first = await change(walkIn(n, ordered, inTransaction(n)));
    meter.taken();
    expect(await take(first)).toBe('written');
    // An order that enters a transaction is checked to belong there still, and the transaction is counted.
    expect(meter.taken().map(({ command }) => command)).toEqual([
      'GetItemCommand',
      'TransactWriteItemsCommand',
    ]);
    expect(await take(first)).toBe('unchanged');
    expect(meter.taken().map(({ command }) => command)).toEqual(['GetItemCommand']);
    const moved = [...ordered, event(2, 'requisition_created', march(2))];
    const second = await change(walkIn(n, moved, inTransaction(n)));
    meter.taken();
    expect(await take(second)).toBe('written');
    expect(meter.taken().map(({ command }) => command)).toEqual(['GetItemCommand', 'PutItemCommand']);
    const third = await change(walkIn(n, [...moved, event(3, 'completed', march(3))], inTransaction(n)));
    meter.taken();
    expect(await take(third)).toBe('written');
    // It counts as something else now.
    expect(meter.taken().map(({ command }) => command)).toEqual([
      'GetItemCommand',
      'TransactWriteItemsCommand',
    ]);
  });

  test('of an older version changes nothing', async () => {
    const n = nextNumber();
    const first = await change(walkIn(n, ordered, inTransaction(n)));
    const second = await change(walkIn(n, [...ordered, event(2, 'completed', march(2))], inTransaction(n)));
    expect(await take(second)).toBe('written');
    expect(await take(first)).toBe('unchanged');
    expect(await readTransaction(table, transactionId(n))).toMatchObject({
      status: 'completed',
      revision: 1,
    });
  });

  test('takes an order from its provisional transaction to the one it names, for good', async () => {
    const n = nextNumber();
    const alone = await change(walkIn(n, ordered, { ...inTransaction(n), order_transaction: null }));
    expect(await take(alone)).toBe('written');
    expect(await readTransaction(table, orderId(n))).toMatchObject({ provisional: true });
    const named = await change(walkIn(n, [...ordered, event(2, 'completed', march(2))], inTransaction(n)));
    expect(await take(named)).toBe('written');
    expect(await take(alone)).toBe('order_moved');
    expect(await readTransaction(table, orderId(n))).toBeNull();
    expect(await readTransaction(table, transactionId(n))).toMatchObject({
      provisional: false,
      status: 'completed',
    });
    expect(await take(named)).toBe('unchanged');
    expect(await readTransaction(table, orderId(n))).toBeNull();
  });

  test('takes an order from one transaction to a lesser one, and the last takes the transaction along', async () => {
    const [lesser, greater, a, b] = [nextNumber(), nextNumber(), nextNumber(), nextNumber()];
    for (const n of [a, b]) await take(await change(walkIn(n, ordered, inTransaction(greater))));
    expect((await readTransaction(table, transactionId(greater)))?.orders).toHaveLength(2);
    const again = (n: number) =>
      walkIn(n, [...ordered, event(2, 'completed', march(2))], inTransaction(lesser));
    await take(await change(again(a)));
    expect((await readTransaction(table, transactionId(greater)))?.orders.map(({ id }) => id)).toEqual([
      orderId(b),
    ]);
    await take(await change(again(b)));
    expect(await readTransaction(table, transactionId(greater))).toBeNull();
    expect((await readTransaction(table, transactionId(lesser)))?.orders).toHaveLength(2);
  });

  test('that comes late does not bring an order back into a transaction it has left', async () => {
    for (const others of [[], [nextNumber()]]) {
      const [lesser, greater, n] = [nextNumber(), nextNumber(), nextNumber()];
      for (const m of others) await take(await change(walkIn(m, ordered, inTransaction(greater))));
      const late = await change(walkIn(n, ordered, inTransaction(greater)));
      await take(
        await change(walkIn(n, [...ordered, event(2, 'completed', march(2))], inTransaction(lesser))),
      );
      const left = await readTransaction(table, transactionId(greater));
      expect(await take(late)).toBe('order_moved');
      expect(await readTransaction(table, transactionId(greater))).toEqual(left);
    }
  });

  test('of many orders of one transaction at once ends as one after the other does', async () => {
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
    const contributions = Object.fromEntries(changes.map(({ after }) => [after.id, contributionOf(after)]));
    const apart = nextRevision(
      { id: transactionId(n), provisional: false, contributions, after: null },
      CLOCKS,
    );
    // Whichever came first began it.
    expect(stored).toEqual({ ...apart, revision: 6, born: stored?.born });
  });

  test('gives up, to be tried again, when another wins every time', async () => {
    const n = nextNumber();
    const first = await change(walkIn(n, ordered, inTransaction(n)));
    let revision: StoredTransaction | null = null;
    const rival = { ...table, client: Object.create(table.client) };
    rival.client.send = async (command: { constructor: { name: string } }) => {
      if (command.constructor.name === 'TransactWriteCommand') {
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
    const losing = recompute({ table: rival, clocks: CLOCKS, pause: note }, first.after, null);
    await expect(losing).rejects.toThrow(/8 times/);
    expect(waits).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect((await readTransaction(table, transactionId(n)))?.revision).toBe(8);
  });

  test('tells the orders it lists which transaction is theirs, each once', async () => {
    const [n, silent] = [nextNumber(), nextNumber()];
    await take(await change(walkIn(n, ordered, inTransaction(n, [n, silent]))));
    expect(await readOrder(table, orderId(silent))).toEqual({
      ...record(silent, { transactionIds: [transactionId(n)], snapshot: null }),
      version: 1,
    });
  });
});
