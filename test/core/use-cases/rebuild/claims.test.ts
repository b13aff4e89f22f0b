/** Orders that moved, are in two transactions by damage, or are set apart: all of this follows from the orders alone. */
import { describe, expect, test } from 'vitest';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import type { Item } from '../../../../core/store/table.ts';
import { itemName, transactionKey } from '../../../../core/store/table-layout.ts';
import { recompute } from '../../../../core/use-cases/recompute.ts';
import { MemoryTable } from '../../../../tools/verification/memory-table/memory-table.ts';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import {
  comparable,
  drop,
  expectCountersRight,
  itemsOf,
  openEmptiedTable,
  put,
  rebuild,
  settleAll,
  take,
  takeAll,
  transactionsOf,
  undisturbed,
  withoutPause,
} from './lab.ts';

const table = await openEmptiedTable();

/** An order whose transaction lists no other order. */
const inTransaction = (order: number, of: number, fields = {}) =>
  JSON.stringify(
    walkIn(order, [event(order, 'ordered', march(order))], {
      created_at: march(order),
      order_transaction: transaction(of, 'active', [listed(order, 'ordered', march(order))]),
      ...fields,
    }),
  );

async function itemOf(id: string): Promise<Item> {
  const name = itemName(transactionKey(id));
  const item = (await transactionsOf(table)).find((one) => itemName(one) === name);
  if (!item) throw new Error(`there is no ${name}`);
  return item;
}

async function expectRebuilt(bodies: readonly string[]): Promise<void> {
  expect(comparable(await itemsOf(table))).toEqual(await undisturbed(bodies));
  await expectCountersRight(table);
  expect((await rebuild(table, { dryRun: true })).findings).toEqual([]);
  expect((await rebuild(table)).findings).toEqual([]);
}

describe('an order of another user', () => {
  const bodies = [inTransaction(1, 1), inTransaction(2, 1, { user_id: 'somebody-else', origin: 'redraw' })];
  const [T, apart] = [transactionId(1), orderId(2)];

  test('is set apart by a rebuild from the orders alone', async () => {
    await takeAll(table, bodies);
    const dry = await rebuild(table, { dryRun: true });
    const { findings } = await rebuild(table);
    const missing = [T, apart].map((transaction_id) => ({ kind: 'missing', transaction_id }));
    for (const found of [dry.findings, findings]) {
      expect(found.filter(({ kind }) => kind === 'missing')).toMatchObject(missing);
    }
    await expectRebuilt(bodies);
    expect((await itemOf(apart)).contributions).toMatchObject({ [apart]: { apart_from: T } });
  });

  const spoilt: readonly [string, string, (item: Item) => Item | null][] = [
    ['missing', apart, () => null],
    ['unreadable', apart, (item) => ({ ...item, marks: 7 })],
    ['differs', apart, (item) => ({ ...item, user_id: 'owner' })],
    ['unreadable', apart, (item) => ({ ...item, contributions: {} })],
    ['missing', T, () => null],
    ['unreadable', T, (item) => ({ ...item, contributions: 'garbage' })],
  ];
  test.each(spoilt)('its transactions are restored: %s %s', async (kind, id, spoil) => {
    await settleAll(table, bodies);
    const item = await itemOf(id);
    const damaged = spoil(item);
    await (damaged ? put(table, damaged) : drop(table, item));
    const expected = [{ kind, transaction_id: id }];
    for (const dryRun of [true, false]) {
      const { findings } = await rebuild(table, { dryRun });
      expect(findings.filter((found) => found.kind !== 'miscounted')).toMatchObject(expected);
    }
    await expectRebuilt(bodies);
  });

  test('that turns out to be of the same user leaves the transaction under its own id', async () => {
    await settleAll(table, bodies);
    const corrected = inTransaction(2, 1, { origin: 'redraw', updated_at: march(9) });
    await take(table, corrected);
    const { findings } = await rebuild(table);
    expect(findings.map(({ kind }) => kind)).toEqual(['differs', 'orphan']);
    await expectRebuilt([...bodies, corrected]);
    expect(await itemOf(apart)).toMatchObject({ emptied: true });
  });
});

describe('an order that moved to another transaction', () => {
  const bodies = [inTransaction(1, 1), inTransaction(2, 1), inTransaction(2, 2, { updated_at: march(9) })];
  const [moved, from, to] = [orderId(2), transactionId(1), transactionId(2)];

  test('that damage puts into both stays only where it belongs', async () => {
    await settleAll(table, bodies);
    const [there, here] = [await itemOf(from), await itemOf(to)];
    await put(table, {
      ...there,
      departures: {},
      contributions: { ...(there.contributions as object), ...(here.contributions as object) },
    });
    const { findings } = await rebuild(table);
    expect(findings).toMatchObject([{ kind: 'differs', transaction_id: from }]);
    await expectRebuilt(bodies);
  });

  test.each(['differs', 'missing'])(
    'keeps late writers out after its departure was lost: %s',
    async (kind) => {
      await settleAll(table, bodies.slice(0, 2));
      const late = await readOrder(table, moved);
      await take(table, bodies[2] ?? '');
      await rebuild(table);
      const item = await itemOf(from);
      await (kind === 'missing' ? drop(table, item) : put(table, { ...item, departures: {} }));
      const { findings } = await rebuild(table);
      expect(findings[0]).toMatchObject({ kind, transaction_id: from });
      if (!late) throw new Error('the order was not stored');
      expect(await recompute(withoutPause(table), late)).toBe('outdated');
      await expectRebuilt(bodies);
    },
  );

  test('is not kept out by a departure with a version beyond its own', async () => {
    await settleAll(table, bodies);
    const item = await itemOf(to);
    await put(table, { ...item, contributions: {}, departures: { [moved]: 1_000_000 } });
    await rebuild(table);
    await expectRebuilt(bodies);
    const record = await readOrder(table, moved);
    expect(record && (await recompute(withoutPause(table), record))).toBe('unchanged');
  });

  test.each([
    ['that is new', []],
    ['that stands', [inTransaction(3, 2)]],
  ])('is moved in one write into one %s: it is never in both or in neither', async (_, others) => {
    const memory = new MemoryTable();
    for (const body of [...bodies.slice(0, 2), ...others]) await take(memory, body);
    await rebuild(memory);
    await take(memory, bodies[2] ?? '');
    const holders = new Set<string>();
    const send = memory.client.send as (command: unknown) => Promise<unknown>;
    memory.client.send = async (command: unknown) => {
      const answer = await send(command);
      const shown = [...memory.items.values()].filter(({ contributions }) => moved in Object(contributions));
      holders.add(shown.map(itemName).join());
      return answer;
    };
    await rebuild(memory);
    expect([...holders]).toEqual([`TX#${from}`, `TX#${to}`]);
  });
});

test('what remains of a transaction without orders is restored and shown nowhere', async () => {
  const alone = JSON.stringify(walkIn(1, [event(1, 'ordered', march(1))]));
  const bodies = [alone, inTransaction(1, 1, { updated_at: march(9) })];
  await settleAll(table, bodies);
  const left = await itemOf(orderId(1));
  expect(left).toMatchObject({ emptied: true, departures: { [orderId(1)]: 2 } });
  for (const damage of [null, { departures: {} }, { revision: 'seven' }]) {
    await (damage ? put(table, { ...left, ...damage }) : drop(table, left));
    await rebuild(table);
    expect(await itemOf(orderId(1))).toMatchObject({ emptied: true, departures: { [orderId(1)]: 2 } });
    await expectRebuilt(bodies);
  }
});
