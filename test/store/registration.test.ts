/** A registration goes onto an order's record as it was read, known or not, and takes nothing away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameTransaction, readOrder } from '../../core/store/orders.ts';
import { writeRegistration } from '../../core/store/registration.ts';
import type { Table } from '../../core/store/table.ts';
import { at, orderId } from '../domain/order-records.ts';
import { transactionId } from '../oracle/bodies.ts';
import { type EngineTable, openEngineTable } from './engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

const registered = { at: at(1), user_id: 'user', client_user_id: 'clinic-7' };
const clientUser = { user_id: 'user', client_user_id: 'clinic-7' };
const facts = { registered, transactionId: transactionId(1), clientUser };

test('of an order nobody has heard of is its first record', async () => {
  expect(await writeRegistration(table, orderId(1), facts, null)).toBe('written');
  expect(await readOrder(table, orderId(1))).toMatchObject({
    ...{ version: 1, snapshot: null, registered, transactionIds: [transactionId(1)] },
    clientUsers: [clientUser],
  });
  // Who read before that is too late.
  expect(await writeRegistration(table, orderId(1), facts, null)).toBe('conflict');
});

test('of a known order stands beside what is known, of the version that was read', async () => {
  await nameTransaction(table, orderId(2), transactionId(2));
  expect(await writeRegistration(table, orderId(2), facts, null)).toBe('conflict');
  expect(await writeRegistration(table, orderId(2), facts, 2)).toBe('conflict');
  const of = { ...facts, registered: { ...registered, client_user_id: null }, clientUser: null };
  expect(await writeRegistration(table, orderId(2), of, 1)).toBe('written');
  expect(await readOrder(table, orderId(2))).toMatchObject({
    ...{ version: 2, registered: of.registered, clientUsers: [] },
    transactionIds: [transactionId(1), transactionId(2)],
  });
  expect(await writeRegistration(table, orderId(2), facts, 2)).toBe('written');
  expect(await readOrder(table, orderId(2))).toMatchObject({
    version: 3,
    registered,
    clientUsers: [clientUser],
  });
});

test('that the table refuses for another reason is no conflict', async () => {
  await expect(
    writeRegistration({ ...table, name: `${table.name}-gone` }, orderId(3), facts, null),
  ).rejects.toThrow();
});
