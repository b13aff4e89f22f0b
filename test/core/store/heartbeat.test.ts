/** The heartbeat, which only moves forward. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHeartbeat, recordHeartbeat } from '../../../core/store/heartbeat.ts';
import type { Table } from '../../../core/store/table.ts';
import { at } from '../domain/order-records.ts';
import { type EngineTable, openEngineTable } from './tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

test('the heartbeat is that of the newest change, in any order of writing', async () => {
  expect(await readHeartbeat(table)).toBeNull();
  for (const second of [2, 1, 2]) {
    await recordHeartbeat(table, at(second));
    expect(await readHeartbeat(table)).toBe(at(2));
  }
  await recordHeartbeat(table, at(3));
  expect(await readHeartbeat(table)).toBe(at(3));
});

test('a heartbeat that cannot be stored throws', async () => {
  await expect(recordHeartbeat({ ...table, name: `${table.name}-gone` }, at(9))).rejects.toThrow();
});
