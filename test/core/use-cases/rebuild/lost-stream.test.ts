/** Changes that the stream never delivered, and marks that people set. */

import { describe, expect, test } from 'vitest';
import { progressKey } from '../../../../core/domain/redraw/redraw.ts';
import { remarked } from '../../../../core/domain/stored/next-revision.ts';
import { marked, UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { isOfKind } from '../../../../core/store/table-layout.ts';
import { readTransaction, writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { recompute } from '../../../../core/use-cases/recompute.ts';
import { journeys } from '../../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../../tools/sandbox/webhooks/delivery-plan.ts';
import { SMALL_JOURNEYS, webhooksOf } from '../../../../tools/verification/convergence/small-journeys.ts';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { person } from '../../../callers.ts';
import { CLOCKS } from '../../../clocks.ts';
import {
  comparable,
  itemsOf,
  openEmptiedTable,
  put,
  rebuild,
  take,
  takeAll,
  undisturbed,
  withoutPause,
} from './lab.ts';

const table = await openEmptiedTable();

/** The transactions as the stream would have written them from the current orders. */
async function bring(orderNumber: number): Promise<void> {
  const record = await readOrder(table, orderId(orderNumber));
  if (record) await recompute(withoutPause(table), record);
}

describe('a rebuild creates the transactions of unprocessed orders', () => {
  test('of journeys with shuffled and repeated webhooks', async () => {
    const bodies = planDeliveries(journeys(11, 20), { seed: 11, shuffle: true }).map(({ body }) => body);
    await takeAll(table, bodies);
    await rebuild(table);
    expect(comparable(await itemsOf(table))).toEqual(await undisturbed(bodies));
  });

  test.each(SMALL_JOURNEYS.map((journey) => [journey.name, journey] as const))('%s', async (_, journey) => {
    const bodies = webhooksOf(journey).map(({ body }) => body);
    await takeAll(table, bodies);
    await rebuild(table);
    expect(comparable(await itemsOf(table))).toEqual(await undisturbed(bodies));
    expect((await rebuild(table)).findings).toEqual([]);
  });
});

const expectsRedraw = walkIn(1, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(5))]);
const inTransaction = {
  ...expectsRedraw,
  order_transaction: transaction(1, 'active', [listed(1, 'redraw_available', march(5))]),
};
const acknowledgement = {
  by: 'ops@example.com',
  note: 'called the lab',
  at: '2026-03-06T00:00:00.000000Z',
  caller: person('ops@example.com'),
  stop_messages: false,
};

/** Somebody acknowledges the open redraw. */
async function acknowledge(id: string): Promise<void> {
  const stored = await readTransaction(table, id);
  if (!stored?.redraw) throw new Error('there is no redraw to acknowledge');
  const marks = marked(stored.marks, { key: progressKey(stored.redraw) }, { acknowledgement });
  await writeTransaction(table, remarked(stored, { marks }, CLOCKS), stored);
}

describe('marks that people set', () => {
  test('stay on a transaction whose contributions are corrected', async () => {
    await take(table, JSON.stringify(inTransaction));
    await bring(1);
    await acknowledge(transactionId(1));
    const [item = {}] = (await itemsOf(table)).filter(({ sk }) => isOfKind('TX', sk));
    for (const damage of [{ contributions: {} }, { contributions: 7 }, { revision: 'x', status: 'lost' }]) {
      await put(table, { ...item, ...damage });
      await rebuild(table);
      expect((await readTransaction(table, transactionId(1)))?.marks).toEqual(item.marks);
    }
  });

  test('move along if an order has left its provisional transaction without its change being processed', async () => {
    await take(table, JSON.stringify(expectsRedraw));
    await bring(1);
    await acknowledge(orderId(1));
    await take(table, JSON.stringify(inTransaction));
    const { findings } = await rebuild(table);
    expect(findings.map(({ kind }) => kind)).toEqual(['missing']);
    expect((await readTransaction(table, transactionId(1)))?.marks.acknowledgement).toEqual(acknowledgement);
    expect(await readTransaction(table, orderId(1))).toBeNull();
  });

  test('do not move to a transaction where they no longer hold', async () => {
    await take(table, JSON.stringify(expectsRedraw));
    await bring(1);
    await acknowledge(orderId(1));
    const redraw = walkIn(2, [event(9, 'ordered', march(8))], { origin: 'redraw' });
    const orders = [listed(1, 'redraw_available', march(5)), listed(2, 'ordered', march(8))];
    await take(table, JSON.stringify({ ...redraw, order_transaction: transaction(1, 'active', orders) }));
    const { findings } = await rebuild(table);
    expect(findings).toContainEqual({
      kind: 'unclaimed',
      order_id: orderId(1),
      transaction_id: transactionId(1),
    });
    expect((await readTransaction(table, transactionId(1)))?.marks).toEqual(UNMARKED);
    expect(await readTransaction(table, orderId(1))).toBeNull();
  });
});

test('a dry run counts a missing claim as if it were written, and writes none', async () => {
  const orders = [listed(1, 'ordered', march(1)), listed(2, 'ordered', march(8))];
  await take(table, JSON.stringify(walkIn(1, [], { order_transaction: transaction(1, 'active', orders) })));
  await take(table, JSON.stringify(walkIn(2, [])));
  const before = await itemsOf(table);
  const { findings } = await rebuild(table, { dryRun: true });
  expect(await itemsOf(table)).toEqual(before);
  expect(findings).toContainEqual({
    kind: 'unclaimed',
    order_id: orderId(2),
    transaction_id: transactionId(1),
  });
});
