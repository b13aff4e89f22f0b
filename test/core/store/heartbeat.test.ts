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

test('each time is the latest, in any order of writing', async () => {
  expect(await readHeartbeat(table)).toEqual({});
  const times = [2, 1, 2, 3].flatMap((second) => [
    { written_at: at(second), worklist_at: at(4 - second) },
    { rest_at: at(second), written_at: at(1) },
  ]);
  const latest: Record<string, string> = {};
  for (const written of times) {
    await recordHeartbeat(table, written);
    for (const [name, time] of Object.entries(written)) if (time > (latest[name] ?? '')) latest[name] = time;
    expect(await readHeartbeat(table)).toEqual(latest);
  }
  expect(latest).toEqual({ written_at: at(3), worklist_at: at(3), rest_at: at(3) });
});

test('no time is no write', async () => {
  await recordHeartbeat({ ...table, name: `${table.name}-gone` }, {});
});

test('a heartbeat that cannot be stored throws', async () => {
  const gone = { ...table, name: `${table.name}-gone` };
  await expect(recordHeartbeat(gone, { written_at: at(9) })).rejects.toThrow();
});
