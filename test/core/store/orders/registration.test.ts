/** A registration is added to an order's record, if that is unchanged since it was read. It removes nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listedClaim } from '../../../../core/domain/order/membership.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import { writeRegistration } from '../../../../core/store/orders/registration.ts';
import { writeListedClaim } from '../../../../core/store/orders/write-listed-claim.ts';
import type { Table } from '../../../../core/store/table.ts';
import { transactionId } from '../../../../tools/verification/oracle/bodies.ts';
import { at, orderId } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

const registered = {
  at: at(1),
  transaction_id: transactionId(1),
  user_id: 'user',
  client_user_id: 'clinic-7',
};

test('a registration of an unknown order creates its record', async () => {
  expect(await writeRegistration(table, orderId(1), registered, null)).toBe('written');
  expect(await readOrder(table, orderId(1))).toMatchObject({
    version: 1,
    snapshot: null,
    registered,
    claims: { registered: { transaction_id: transactionId(1), rank: at(1) } },
    claimedBy: [transactionId(1)],
    wasProvisional: false,
  });
  // A writer that read the record before is too late.
  expect(await writeRegistration(table, orderId(1), registered, null)).toBe('conflict');
});

test('a registration of a known order is added on condition of the version that was read, and can be replaced', async () => {
  const listed = listedClaim(orderId(1), { transaction_id: transactionId(2), as_of: at(1) });
  await writeListedClaim(table, orderId(2), listed);
  expect(await writeRegistration(table, orderId(2), registered, null)).toBe('conflict');
  expect(await writeRegistration(table, orderId(2), registered, 2)).toBe('conflict');
  expect(await writeRegistration(table, orderId(2), registered, 1)).toBe('written');
  expect(await readOrder(table, orderId(2))).toMatchObject({
    version: 2,
    registered,
    claims: { listed },
    claimedBy: [transactionId(1), transactionId(2)],
  });
  const later = { ...registered, at: at(2), transaction_id: transactionId(3), client_user_id: null };
  expect(await writeRegistration(table, orderId(2), later, 2)).toBe('written');
  expect(await readOrder(table, orderId(2))).toMatchObject({
    version: 3,
    registered: later,
    claims: { registered: { transaction_id: transactionId(3), rank: at(2) } },
  });
});

test('a refusal by the table for another reason is not a conflict', async () => {
  await expect(
    writeRegistration({ ...table, name: `${table.name}-gone` }, orderId(3), registered, null),
  ).rejects.toThrow();
});
