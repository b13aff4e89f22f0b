/** The indexes for the stream of the embedded engine, with the statements of the engine itself. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Engine, engineBinary, startEngine } from '../../database/embedded-engine.ts';

const folder = mkdtempSync(join(inject('temporaryFolder'), 'stream-indexes-'));
const dbPath = join(folder, 'data.sqlite');
const statements = readFileSync(engineBinary(), 'latin1');
let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ dbPath });
});

afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true });
});

it.each([
  ['the last sequence number, before a write', /SELECT COALESCE\(MAX\(CAST\(sequence_number[^?]+\?1/],
  ['the records after a sequence number', /SELECT event_name,[^?]+FROM _stream_records[^;]+LIMIT \?4/],
])('finds %s', (_, pattern) => {
  const [statement = ''] = pattern.exec(statements) ?? [];
  const database = new DatabaseSync(dbPath);
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all();
  database.close();
  // No second step that would sort.
  expect(plan.map(({ detail }) => String(detail))).toEqual([
    expect.stringMatching(/^SEARCH _stream_records USING .*INDEX stream_records_by_.*\(table_name=\?/),
  ]);
});
