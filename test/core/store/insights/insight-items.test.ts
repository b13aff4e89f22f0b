/** The insights that transactions are counted in, on the database. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextRevision } from '../../../../core/domain/transaction/next-revision.ts';
import type { StoredTransaction } from '../../../../core/domain/transaction/stored-transaction.ts';
import { readInsights } from '../../../../core/store/insights/insight-items.ts';
import { insightMeasure, insightText } from '../../../../core/store/insights/insight-text.ts';
import { readTransaction, writeTransaction } from '../../../../core/store/transactions/transactions.ts';
import { CLOCKS } from '../../../clocks.ts';
import { transactionId } from '../../../oracle/bodies.ts';
import { at, brings, event } from '../../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../tables/engine-table.ts';
import { RequestMeter } from '../tables/request-meter.ts';
import { emptied } from '../transactions/emptied.ts';

let engine: EngineTable;
beforeAll(async () => {
  engine = await openEngineTable();
});
afterAll(() => engine.close());

function transaction(
  n: number,
  name: string,
  steps: readonly string[],
  after: StoredTransaction | null = null,
) {
  const snapshot = {
    origin: 'initial',
    created_at: at(0),
    team_id: 'team',
    lab_test: { id: null, name, slug: null, lab: 'quest' },
    missing_results: [{ name: 'Glucose', slug: null, failure_type: null, loinc: null }],
  };
  const events = steps.map((low, index) => event(index * 86_400, `received.walk_in_test.${low}`));
  const contributions = brings(n, { snapshot, events });
  return nextRevision({ id: transactionId(n), contributions, departures: {}, after }, CLOCKS);
}

/** The counts of a test in March that are not zero, by part and name. */
async function countsOf(name: string) {
  const found = await readInsights(engine.table, ['2026-03', '2026-04']);
  return Object.fromEntries(
    found
      .filter(({ group }) => group.test === name)
      .flatMap(({ part, counts }) => [...counts].map(([count, n]) => [`${part} ${count}`, n] as const))
      .filter(([, n]) => n !== 0),
  );
}

test('an ordinary order is counted when it is over, in the write that closes it, and later changes cost nothing', async () => {
  const meter = new RequestMeter(engine.table);
  const open = transaction(1, 'Lipids', ['ordered']);
  await writeTransaction(engine.table, open, null);
  expect(await countsOf('Lipids')).toEqual({});
  meter.taken();
  const over = transaction(1, 'Lipids', ['ordered', 'completed'], open);
  await writeTransaction(engine.table, over, open);
  const closing = meter.taken();
  expect(await countsOf('Lipids')).toEqual({ 'all c': 1, 'all t9': 1 });
  expect(closing).toHaveLength(1);
  meter.taken();
  const corrected = transaction(1, 'Lipids', ['ordered', 'completed', 'corrected'], over);
  await writeTransaction(engine.table, corrected, over);
  // A write with a counter or an insight is a transaction, which costs twice as much.
  expect(meter.taken().map(({ command }) => command)).toEqual(['PutItemCommand']);
  expect(await countsOf('Lipids')).toEqual({ 'all c': 1, 'all t9': 1 });
});

test('a repeated or losing write counts nothing twice; what reopens, moves or is emptied is subtracted', async () => {
  const over = transaction(2, 'Thyroid', ['completed']);
  expect(await writeTransaction(engine.table, over, null)).toBe('written');
  expect(await writeTransaction(engine.table, over, null)).toBe('conflict');
  const counted = await countsOf('Thyroid');
  expect(counted).toMatchObject({ 'all c': 1 });
  const read = await readTransaction(engine.table, over.id);
  expect(read).toEqual(over);
  const reopened = transaction(2, 'Thyroid', ['completed', 'requisition_created'], over);
  await writeTransaction(engine.table, reopened, read);
  expect(await countsOf('Thyroid')).toEqual({});
  const redraw = transaction(
    2,
    'Thyroid',
    ['completed', 'requisition_created', 'redraw_available'],
    reopened,
  );
  await writeTransaction(engine.table, redraw, reopened);
  expect(await countsOf('Thyroid')).toMatchObject({
    'all o': 1,
    'redraws o': 1,
    'redraws m:Glucose': 1,
    'redraws e:unknown': 1,
  });
  const renamed = transaction(2, 'Thyroid Panel', ['redraw_available'], redraw);
  await writeTransaction(engine.table, renamed, redraw);
  expect(await countsOf('Thyroid')).toEqual({});
  expect(await countsOf('Thyroid Panel')).toMatchObject({ 'redraws o': 1 });
  await writeTransaction(engine.table, emptied(renamed), renamed);
  expect(await countsOf('Thyroid Panel')).toEqual({});
});

test('names of any length fit into keys and items', () => {
  const insight = {
    month: '2026-03',
    team_id: '"'.repeat(900),
    lab: '😀'.repeat(900),
    test: '\u0001'.repeat(900),
    outcome: 'open',
    overdue: true,
    hours: {},
    redraw: {
      overdue: true,
      hours: {},
      markers: ['a'.repeat(900), `${'a'.repeat(900)}b`],
      failure_types: [],
    },
  } as const;
  const text = insightText(insight);
  expect(Buffer.byteLength(text)).toBeLessThan(700);
  expect(text.match(/m:a+/g)).toHaveLength(1);
});

test('every count says what it counts', () => {
  expect(['c', 'v', 'w3', 't42', 'm:Iron', 'e:unknown', '?'].map(insightMeasure)).toEqual([
    { kind: 'outcome', outcome: 'results_complete' },
    { kind: 'overdue' },
    { kind: 'hours', span: 'awaiting_order', bucket: 3 },
    { kind: 'hours', span: 'until_results', bucket: 42 },
    { kind: 'marker', name: 'Iron' },
    { kind: 'failure_type', name: 'unknown' },
    null,
  ]);
});
