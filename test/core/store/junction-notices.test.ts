import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  readRouteFailures,
  writeRouteFailures,
} from '../../../core/store/junction-notices/route-failures.ts';
import { readUnreadableFields } from '../../../core/store/junction-notices/unreadable-fields.ts';
import type { Table } from '../../../core/store/table.ts';
import { UnreadableFields } from '../../../core/use-cases/unreadable-fields.ts';
import { at } from '../domain/order-records.ts';
import { type EngineTable, openEngineTable } from './tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

function fieldsOf(...names: string[]): UnreadableFields {
  const fields = new UnreadableFields();
  fields.add(names);
  return fields;
}

test('unreadable fields are counted, and what cannot be counted does not fail the run', async () => {
  const failures: unknown[] = [];
  const store = (fields: UnreadableFields, second: number, into = table) =>
    fields.store(into, at(second), (error) => failures.push(error));
  await store(fieldsOf(), 1);
  expect(await readUnreadableFields(table)).toEqual([]);
  await store(fieldsOf('order.lab_test.name', 'order.events[].id', 'order.lab_test.name'), 1);
  await store(fieldsOf('order.lab_test.name'), 2);
  expect(await readUnreadableFields(table)).toEqual([
    { field: 'order.lab_test.name', count: 3, last_seen_at: at(2) },
    { field: 'order.events[].id', count: 1, last_seen_at: at(1) },
  ]);
  expect(failures).toEqual([]);
  await store(fieldsOf('order.origin'), 3, { ...table, name: `${table.name}-gone` });
  expect(failures).toHaveLength(1);
});

test('the failures of one route leave those of the others, and an answer deletes them', async () => {
  const failures = { runs: 1, since: at(1), reason: '503', not_offered_until: null };
  await writeRouteFailures(table, new Map([['order_result', failures]]));
  await writeRouteFailures(table, new Map([['psc_appointment', failures]]));
  expect(await readRouteFailures(table)).toEqual({ order_result: failures, psc_appointment: failures });
  await writeRouteFailures(
    table,
    new Map([
      ['order_result', null],
      ['psc_appointment', { ...failures, runs: 2 }],
    ]),
  );
  expect(await readRouteFailures(table)).toEqual({ psc_appointment: { ...failures, runs: 2 } });
});
