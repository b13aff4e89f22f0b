/** Reads that decide something are consistent. An engine on one machine would not show the difference. */
import { expect, test } from 'vitest';
import { readHeartbeat } from '../../../core/store/heartbeat.ts';
import { readOrder } from '../../../core/store/orders/read-order.ts';
import { readUpdatesMark } from '../../../core/store/poll-marks/updates-mark.ts';
import { readQuarantined } from '../../../core/store/quarantine/quarantine-reading.ts';
import type { Table } from '../../../core/store/table.ts';
import { orderKey } from '../../../core/store/table-layout.ts';
import { readRawTransaction } from '../../../core/store/transactions/damaged-transactions.ts';
import { readItems } from '../../../core/store/transactions/index-pages.ts';
import { readTransaction } from '../../../core/store/transactions/transactions.ts';

const readings: readonly (readonly [string, (table: Table) => Promise<unknown>])[] = [
  ['an order', (table) => readOrder(table, 'x')],
  ['a transaction', (table) => readTransaction(table, 'x')],
  ['a damaged transaction', (table) => readRawTransaction(table, 'x')],
  ['a quarantined webhook', (table) => readQuarantined(table, 'x')],
  ['the heartbeat', readHeartbeat],
  ['the updates mark', readUpdatesMark],
  ['the items of a list', (table) => readItems(table, [orderKey('x')])],
];

interface Asked {
  readonly ConsistentRead?: boolean;
  readonly RequestItems?: Readonly<Record<string, Asked>>;
}

test.each(readings)('%s', async (_, read) => {
  const asked: (Asked | undefined)[] = [];
  const send = async ({ input }: { input: Asked }) => {
    asked.push(input.RequestItems?.orders ?? input);
    return {};
  };
  await read({ name: 'orders', client: { send } } as unknown as Table);
  expect(asked).toMatchObject([{ ConsistentRead: true }]);
});
