/** A transaction that went with its last order and came again is another one to whoever knew it before. */
import { setImmediate } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UNMARKED } from '../../core/domain/redraw/redraw-marks.ts';
import { eventsBetween } from '../../core/domain/transaction/transaction-changes.ts';
import { digest } from '../../core/junction/digest.ts';
import { readWebhook } from '../../core/junction/webhook-message.ts';
import { deleteAsRead } from '../../core/store/damaged-transactions.ts';
import { readOrder, writeOrder } from '../../core/store/orders.ts';
import type { Table } from '../../core/store/table.ts';
import {
  nextRevision,
  remarked,
  type StoredTransaction,
  transactionItem,
} from '../../core/store/transaction-item.ts';
import { deleteTransaction, readTransaction, writeTransaction } from '../../core/store/transactions.ts';
import { recompute } from '../../core/use-cases/recompute.ts';
import { at, brings, CLOCKS, event as orderEvent, orderId } from '../domain/order-records.ts';
import { event, march, transaction, transactionId, walkIn } from '../oracle/bodies.ts';
import { type EngineTable, openEngineTable } from './engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

const redrawAvailable = orderEvent(1, 'collecting_sample.walk_in_test.redraw_available');

/** The first revision of a transaction that order `n` begins: with an open redraw. */
function begunBy(n: number, id: string): StoredTransaction {
  const contributions = brings(n, { snapshot: { origin: 'initial' }, events: [redrawAvailable] });
  return nextRevision({ id, provisional: false, contributions, after: null }, CLOCKS);
}

/** A transaction as it was, and as it is since it went and another order began it again. */
async function twice(n: number): Promise<{ was: StoredTransaction; is: StoredTransaction }> {
  const id = transactionId(n);
  const [was, is] = [begunBy(n, id), begunBy(n + 1, id)];
  expect(await writeTransaction(table, was, null)).toBe('written');
  expect(await deleteTransaction(table, id, was)).toBe('written');
  expect(await writeTransaction(table, is, null)).toBe('written');
  expect(is.revision).toBe(was.revision);
  return { was, is };
}

const acknowledgement = { by: 'kim', note: null, at: at(9) };
const MARKS = [
  ['another content', {}],
  ['a flag', { marks: { ...UNMARKED, stale_since: at(9) } }],
  ['an acknowledgement', { marks: { ...UNMARKED, acknowledgement } }],
  ['a withdrawal', { marks: { ...UNMARKED, withdrawal: { by: 'kim', at: at(9) } } }],
  ['a check', { checked_at: at(9) }],
] as const;

describe('what was read before a transaction went', () => {
  test.each(MARKS.map(([what, set], index) => [what, set, 10 * index + 1] as const))(
    'is no ground for writing %s',
    async (_, set, n) => {
      const { was, is } = await twice(n);
      expect(await writeTransaction(table, remarked(was, set, CLOCKS), was)).toBe('conflict');
      expect(await readTransaction(table, is.id)).toEqual(is);
      expect(await writeTransaction(table, remarked(is, set, CLOCKS), is)).toBe('written');
    },
  );

  test('is no ground for deleting it, as a whole one or a damaged one', async () => {
    const { was, is } = await twice(71);
    expect(await deleteTransaction(table, is.id, was)).toBe('conflict');
    expect(await deleteAsRead(table, is.id, transactionItem(was))).toBe(false);
    expect(await readTransaction(table, is.id)).toEqual(is);
    expect(await deleteAsRead(table, is.id, transactionItem(is))).toBe(true);
  });
});

test('an item written before items told their life is gone on with, and is none that came later', async () => {
  const { is: later } = await twice(81);
  const { born: _, ...older } = transactionItem(begunBy(83, transactionId(83)));
  await table.client.send(new PutCommand({ TableName: table.name, Item: older }));
  const read = await readTransaction(table, transactionId(83));
  if (!read) throw new Error('it is not there');
  const next = remarked(read, { checked_at: at(9) }, CLOCKS);
  expect(await writeTransaction(table, { ...next, id: later.id }, read)).toBe('conflict');
  expect(await deleteTransaction(table, later.id, read)).toBe('conflict');
  expect(await writeTransaction(table, next, read)).toBe('written');
  expect(await readTransaction(table, read.id)).toEqual(next);
  expect(transactionItem(next)).not.toHaveProperty('born');
  expect(await deleteTransaction(table, read.id, next)).toBe('written');
});

test('what is told of one life has other ids than what is told of the next', async () => {
  const { was, is } = await twice(91);
  const ids = (one: StoredTransaction) => eventsBetween(null, one).map(({ detail }) => detail.id);
  expect(ids(was)).toHaveLength(1);
  expect(ids(is)).not.toEqual(ids(was));
  expect(ids(is)).toEqual(ids((await readTransaction(table, is.id)) ?? was));
});

test('a recompute that slept through the end of a transaction and its return leaves the new one alone', async () => {
  const [lesser, greater, mover, other] = [101, 102, 103, 104];
  const projection = { table, clocks: CLOCKS, pause: () => setImmediate() };
  const take = async (order: number, day: number, named: number) => {
    const order_transaction = transaction(named, 'active', []);
    const events = Array.from({ length: day }, (_, index) => event(index + 1, 'ordered', march(index + 1)));
    const fields = { order_transaction, created_at: march(1), updated_at: march(day) };
    const body = JSON.stringify(walkIn(order, events, fields));
    const message = readWebhook(body, '2026-06-01T00:00:00.000000Z', digest);
    if (message.kind !== 'order') throw new Error(JSON.stringify(message));
    const before = await readOrder(table, orderId(order));
    await writeOrder(table, message.facts);
    const after = await readOrder(table, orderId(order));
    if (!after) throw new Error('the order is gone');
    return { before, after };
  };
  const join = async (...change: Parameters<typeof take>) => {
    const { before, after } = await take(...change);
    return recompute(projection, after, before);
  };
  expect(await join(mover, 1, greater)).toBe('written');
  const late = await take(mover, 2, greater);
  // It has read the transaction, and sleeps before it writes.
  const sleeper = { ...table, client: Object.create(table.client) };
  sleeper.client.send = async (command: { constructor: { name: string } }) => {
    sleeper.client.send = table.client.send.bind(table.client);
    const answer = await table.client.send(command as never);
    expect(await join(mover, 3, lesser)).toBe('written');
    expect(await readTransaction(table, transactionId(greater))).toBeNull();
    expect(await join(other, 1, greater)).toBe('written');
    return answer;
  };
  expect(await recompute({ ...projection, table: sleeper }, late.after, late.before)).toBe('order_moved');
  const held = async (n: number) =>
    Object.keys((await readTransaction(table, transactionId(n)))?.contributions ?? {});
  expect(await held(greater)).toEqual([orderId(other)]);
  expect(await held(lesser)).toEqual([orderId(mover)]);
});
