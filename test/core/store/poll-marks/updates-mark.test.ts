/** The mark of the list of changed orders, which only moves forward. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestPass } from '../../../../core/store/poll-marks/request-pass.ts';
import { moveUpdatesMark, readUpdatesMark } from '../../../../core/store/poll-marks/updates-mark.ts';
import type { Table } from '../../../../core/store/table.ts';
import { at } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';

let engine: EngineTable;
let table: Table;
beforeAll(async () => {
  engine = await openEngineTable();
  ({ table } = engine);
});
afterAll(() => engine.close());

test('of two writers that read the same mark, one moves it', async () => {
  const unseen = await readUpdatesMark(table);
  expect(unseen).toEqual({ revision: 0, through: null, pass: null, requested_at: null });
  const pass = { started_at: at(5), since: at(1), page: 3 };
  const first = await moveUpdatesMark(table, unseen, { through: null, pass, requested_at: null });
  expect(first).toEqual({ revision: 1, through: null, pass, requested_at: null });
  expect(await moveUpdatesMark(table, unseen, { through: at(9), pass: null, requested_at: null })).toBeNull();
  expect(await readUpdatesMark(table)).toEqual(first);
  if (!first) throw new Error('not moved');
  const second = await moveUpdatesMark(table, first, { through: at(5), pass: null, requested_at: null });
  expect(second).toEqual({ revision: 2, through: at(5), pass: null, requested_at: null });
  expect(await moveUpdatesMark(table, first, { through: null, pass, requested_at: null })).toBeNull();
  expect(await readUpdatesMark(table)).toEqual(second);
});

test('a request for a pass is not overwritten by a writer that read the mark earlier', async () => {
  const before = await readUpdatesMark(table);
  await requestPass(table, at(6));
  await requestPass(table, at(7));
  expect(await moveUpdatesMark(table, before, { ...before, through: at(8) })).toBeNull();
  expect(await readUpdatesMark(table)).toEqual({
    ...before,
    revision: before.revision + 2,
    requested_at: at(6),
  });
});

test('a mark that cannot be moved throws', async () => {
  const mark = await readUpdatesMark(table);
  await expect(moveUpdatesMark({ ...table, name: `${table.name}-gone` }, mark, mark)).rejects.toThrow();
});
