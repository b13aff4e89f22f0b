/** Orders that move: each is in exactly one transaction, even with late writers, and an emptied transaction is never shown. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listedClaim } from '../../../../core/domain/order/membership.ts';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import { isOpen, progressKey } from '../../../../core/domain/redraw/redraw.ts';
import { remarked } from '../../../../core/domain/stored/next-revision.ts';
import { marked } from '../../../../core/domain/transaction/acknowledgement.ts';
import { readWebhook } from '../../../../core/junction/webhook-message.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { writeListedClaim } from '../../../../core/store/orders/write-listed-claim.ts';
import { writeOrder } from '../../../../core/store/orders/write-order.ts';
import type { Table } from '../../../../core/store/table.ts';
import {
  readHeld,
  readTransaction,
  writeTransaction,
} from '../../../../core/store/transactions/transactions.ts';
import { recompute } from '../../../../core/use-cases/recompute.ts';
import {
  event,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { person } from '../../../callers.ts';
import { CLOCKS } from '../../../clocks.ts';
import { orderId } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';
import { RequestMeter } from '../tables/request-meter.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

/** Own ids for each test, because the tests share a table. */
let taken = 0;
const numbers = (count: number) =>
  Array.from({ length: count }, () => {
    taken += 1;
    return taken;
  });

interface Says {
  readonly in: number | null;
  readonly user?: string;
  readonly origin?: string;
  readonly low?: string;
}

/** Writes a payload of order `n` as of the `day`th of March; returns its record, as the stream would. */
async function says(
  n: number,
  day: number,
  { in: tx, user = 'user', origin = 'initial', low = 'ordered' }: Says,
) {
  const events = Array.from({ length: day }, (_, index) =>
    event(index + 1, index + 1 === day ? low : 'ordered', march(index + 1)),
  );
  const body = walkIn(n, events, {
    order_transaction: tx === null ? null : transaction(tx, 'active', []),
    created_at: march(1),
    user_id: user,
    origin,
  });
  const message = readWebhook(JSON.stringify(body), '2026-06-01T00:00:00.000000Z');
  if (message.kind !== 'order') throw new Error(JSON.stringify(message));
  await writeOrder(table, message.facts);
  return (await readOrder(table, orderId(n))) ?? expect.fail('the order is gone');
}

const take = (record: OrderRecord, on = table) =>
  recompute({ table: on, clocks: CLOCKS, pause: async () => undefined }, record);
const shownIn = async (id: string) =>
  (await readTransaction(table, id))?.orders.map((order) => order.id) ?? [];

describe('an unclaimed order', () => {
  test('moves to the transaction that it names, and an old version that arrives late does not move it back', async () => {
    const [n = 0] = numbers(1);
    const alone = await says(n, 1, { in: null });
    expect(await take(alone)).toBe('written');
    expect(await readTransaction(table, orderId(n))).toMatchObject({ provisional: true });
    const named = await says(n, 2, { in: n });
    expect(await take(named)).toBe('written');
    for (const [late, outcome] of [
      [alone, 'outdated'],
      [named, 'unchanged'],
    ] as const) {
      expect(await take(late)).toBe(outcome);
      expect(await shownIn(orderId(n))).toEqual([]);
      expect(await shownIn(transactionId(n))).toEqual([orderId(n)]);
    }
    expect(await readTransaction(table, transactionId(n))).toMatchObject({ provisional: false });
  });

  test('is not moved back by a recompute that was paused during the move', async () => {
    const [n = 0] = numbers(1);
    const alone = await says(n, 1, { in: null });
    const sleeper = { ...table, client: Object.create(table.client) };
    sleeper.client.send = async (command: { constructor: { name: string } }) => {
      if (/Put|Transact/.test(command.constructor.name)) await take(await says(n, 2, { in: n }));
      return table.client.send(command as never);
    };
    expect(await take(alone, sleeper)).toBe('outdated');
    expect(await shownIn(orderId(n))).toEqual([]);
    expect(await shownIn(transactionId(n))).toEqual([orderId(n)]);
  });

  test('keeps the marks of its redraw', async () => {
    const [n = 0] = numbers(1);
    await take(await says(n, 1, { in: null, origin: 'redraw' }));
    const stored = (await readTransaction(table, orderId(n))) ?? expect.fail('not there');
    if (!isOpen(stored.redraw)) throw new Error('no open redraw');
    const acknowledgement = {
      by: 'kim',
      note: null,
      at: march(2),
      caller: person('kim'),
      stop_messages: false,
    };
    const marks = marked(stored.marks, { key: progressKey(stored.redraw) }, { acknowledgement });
    await writeTransaction(table, remarked(stored, { marks }, CLOCKS), stored);
    // The redraw itself does not change, only its transaction.
    const claim = listedClaim(orderId(1), { transaction_id: transactionId(n), as_of: null });
    await writeListedClaim(table, orderId(n), claim);
    await take((await readOrder(table, orderId(n))) ?? expect.fail('not there'));
    expect((await readTransaction(table, transactionId(n)))?.marks.acknowledgement).toEqual(acknowledgement);
  });
});

describe('a move', () => {
  test('is one write, so that the order is never in two transactions or in none', async () => {
    const [n = 0, from = 0, to = 0] = numbers(3);
    await take(await says(n, 1, { in: from }));
    const meter = new RequestMeter(table);
    const moving = await says(n, 2, { in: to });
    meter.taken();
    expect(await take(moving)).toBe('written');
    expect(meter.taken().map(({ command }) => command)).toEqual([
      'GetItemCommand',
      'GetItemCommand',
      'TransactWriteItemsCommand',
    ]);
    expect([await shownIn(transactionId(from)), await shownIn(transactionId(to))]).toEqual([
      [],
      [orderId(n)],
    ]);
  });

  test('that was interrupted is finished by the next recompute of the order', async () => {
    const [n = 0, from = 0, to = 0] = numbers(3);
    await take(await says(n, 1, { in: from }));
    // The record that moved it is never processed, and the next one has no claim.
    await says(n, 2, { in: to });
    await take(await says(n, 3, { in: null }));
    expect([await shownIn(transactionId(from)), await shownIn(transactionId(to))]).toEqual([
      [],
      [orderId(n)],
    ]);
  });

  test('there and back ends where the last claim puts it, in any order of recomputes', async () => {
    const [n = 0, one = 0, two = 0] = numbers(3);
    const records = [
      await says(n, 1, { in: one }),
      await says(n, 2, { in: two }),
      await says(n, 3, { in: one }),
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [0, 2, 1],
    ]) {
      for (const index of order) await take(records[index] ?? expect.fail('no record'));
      expect([await shownIn(transactionId(one)), await shownIn(transactionId(two))]).toEqual([
        [orderId(n)],
        [],
      ]);
    }
  });

  test('of the last order empties the transaction, whose revision continues when an order returns', async () => {
    const [n = 0, m = 0, from = 0, to = 0] = numbers(4);
    await take(await says(n, 1, { in: from }));
    await take(await says(n, 2, { in: to }));
    expect(await readTransaction(table, transactionId(from))).toBeNull();
    const left = (await readHeld(table, transactionId(from)))?.revision ?? 0;
    await take(await says(m, 1, { in: from }));
    expect((await readTransaction(table, transactionId(from)))?.revision).toBe(left + 1);
  });
});

describe('an order of another user', () => {
  test('is set apart in a transaction under its own id, and both have the anomaly different_user', async () => {
    const [a = 0, b = 0] = numbers(2);
    await take(await says(a, 1, { in: a, user: 'anna' }));
    await take(await says(b, 1, { in: a, user: 'bert', origin: 'redraw' }));
    expect(await readTransaction(table, transactionId(a))).toMatchObject({
      user_id: 'anna',
      orders: [{ id: orderId(a) }],
      redraw: null,
      anomalies: [{ code: 'different_user', order_id: orderId(b) }],
    });
    expect(await readTransaction(table, orderId(b))).toMatchObject({
      user_id: 'bert',
      provisional: true,
      orders: [{ id: orderId(b) }],
      anomalies: expect.arrayContaining([
        expect.objectContaining({ code: 'different_user', order_id: orderId(b) }),
      ]),
    });
  });

  test('returns when its user, or the owner, is corrected', async () => {
    for (const corrected of ['stranger', 'owner'] as const) {
      const [a = 0, b = 0] = numbers(2);
      await take(await says(a, 1, { in: a, user: 'anna' }));
      await take(await says(b, 1, { in: a, user: 'bert', origin: 'redraw' }));
      await take(
        corrected === 'stranger'
          ? await says(b, 2, { in: a, user: 'anna', origin: 'redraw' })
          : await says(a, 2, { in: a, user: 'bert' }),
      );
      expect(await shownIn(transactionId(a))).toEqual([orderId(a), orderId(b)]);
      expect(await shownIn(orderId(b))).toEqual([]);
    }
  });

  test('follows its own record while it is set apart, and leaves with it', async () => {
    const [a = 0, b = 0] = numbers(2);
    await take(await says(a, 1, { in: a, user: 'anna' }));
    await take(await says(b, 1, { in: a, user: 'bert' }));
    await take(await says(b, 2, { in: a, user: 'bert', low: 'completed' }));
    expect(await readTransaction(table, orderId(b))).toMatchObject({ status: 'completed' });
    await take(await says(b, 3, { in: b, user: 'bert' }));
    expect(await shownIn(orderId(b))).toEqual([]);
    expect(await shownIn(transactionId(b))).toEqual([orderId(b)]);
    expect((await readTransaction(table, transactionId(a)))?.anomalies).toEqual([]);
  });

  test("becomes the owner's if it turns out to be the initial order", async () => {
    const [a = 0, b = 0] = numbers(2);
    await take(await says(a, 1, { in: a, user: 'anna', origin: 'redraw' }));
    await take(await says(b, 1, { in: a, user: 'bert', origin: 'initial' }));
    expect(await shownIn(transactionId(a))).toEqual([orderId(b)]);
    expect(await shownIn(orderId(a))).toEqual([orderId(a)]);
    expect(await shownIn(orderId(b))).toEqual([]);
  });
});
