/** What the outbox adds to the counters and insights for changes of transactions, on the database. */
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Insight } from '../../../core/domain/insights/insight.ts';
import { nextRevision } from '../../../core/domain/stored/next-revision.ts';
import type { HeldTransaction, StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { countersKey } from '../../../core/store/counts/counters.ts';
import { readCountingItem } from '../../../core/store/counts/counting-item.ts';
import { countedAs, insightMeasure } from '../../../core/store/counts/insight-counts.ts';
import { readInsights } from '../../../core/store/counts/insight-items.ts';
import { countChanges } from '../../../core/use-cases/count-changes.ts';
import { transactionId } from '../../../tools/verification/oracle/bodies.ts';
import { CLOCKS } from '../../clocks.ts';
import { at, brings, event } from '../domain/order-records.ts';
import { type EngineTable, openEngineTable } from '../store/tables/engine-table.ts';
import { RequestMeter } from '../store/tables/request-meter.ts';
import { emptied } from '../store/transactions/emptied.ts';

let engine: EngineTable;
beforeAll(async () => {
  engine = await openEngineTable();
});
afterAll(() => engine.close());

function transaction(n: number, name: string, steps: readonly string[], team_id: string | null = 'team') {
  const snapshot = {
    origin: 'initial',
    created_at: at(0),
    team_id,
    lab_test: { id: null, name, slug: null, lab: 'quest' },
    missing_results: [{ name: 'Glucose', slug: null, failure_type: null, loinc: null }],
  };
  const events = steps.map((low, index) => event(index * 86_400, `received.walk_in_test.${low}`));
  const contributions = brings(n, { snapshot, events });
  return nextRevision({ id: transactionId(n), contributions, departures: {}, after: null }, CLOCKS);
}

type Step = HeldTransaction | null;
const change = (teamId: string | null, ...steps: readonly (readonly [before: Step, after: Step])[]) =>
  countChanges(
    { table: engine.table, teamId },
    steps.map(([before, after]) => ({ before, after })),
  );

const nonZero = (counts: Iterable<readonly [string, number]>) =>
  Object.fromEntries([...counts].filter(([, count]) => count !== 0));

const counters = async (teamId: string | null) =>
  nonZero((await readCountingItem(engine.table, countersKey(teamId))).counts);

/** The counts of a test in March that are not zero, by part and name. */
async function insights(teamId: string | null, name: string) {
  const found = await readInsights(engine.table, teamId, ['2026-03', '2026-04']);
  const ofTest = found.filter(({ group }) => group.test === name);
  return nonZero(
    ofTest.flatMap(({ part, counts }) => [...counts].map(([count, n]) => [`${part} ${count}`, n] as const)),
  );
}

test('a transaction counts in its current classes only, and not once it is emptied or gone', async () => {
  const teamId = 'classes';
  const [open, over] = [['ordered'], ['ordered', 'completed']].map((steps) =>
    transaction(1, 'Lipids', steps, teamId),
  ) as [StoredTransaction, StoredTransaction];
  await change(teamId, [null, open]);
  const active = { total: 1, 'status:active': 1, 'outcome:in_progress': 1, 'redraw:none': 1 };
  expect([await counters(teamId), await insights(teamId, 'Lipids')]).toEqual([active, {}]);
  await change(teamId, [open, over]);
  expect(await counters(teamId)).toEqual({
    total: 1,
    'status:completed': 1,
    'outcome:results_complete': 1,
    'redraw:none': 1,
  });
  expect(await insights(teamId, 'Lipids')).toEqual({ 'all c': 1, 'all t9': 1 });
  await change(teamId, [over, emptied(over)]);
  expect([await counters(teamId), await insights(teamId, 'Lipids')]).toEqual([{}, {}]);
  await change(teamId, [emptied(over), open], [open, null]);
  expect(await counters(teamId)).toEqual({});
});

test('what a redraw lacked is counted with it, and moves with the test', async () => {
  const teamId = 'redraws';
  const redraw = transaction(2, 'Thyroid', ['ordered', 'redraw_available'], teamId);
  await change(teamId, [null, redraw]);
  expect(await insights(teamId, 'Thyroid')).toMatchObject({
    'all o': 1,
    'redraws o': 1,
    'redraws m:Glucose': 1,
    'redraws e:unknown': 1,
  });
  const renamed = transaction(2, 'Thyroid Panel', ['ordered', 'redraw_available'], teamId);
  await change(teamId, [redraw, renamed]);
  expect(await insights(teamId, 'Thyroid')).toEqual({});
  expect(await insights(teamId, 'Thyroid Panel')).toMatchObject({ 'redraws o': 1 });
});

test('a batch costs one write for each item, and nothing if no class changes', async () => {
  const meter = new RequestMeter(engine.table);
  const ordered = [3, 4, 5].map((n) => transaction(n, 'Iron', ['ordered'], 'batch'));
  await change('batch', ...ordered.map((one) => [null, one] as const));
  expect(meter.taken()).toHaveLength(1);
  await change('batch', ...ordered.map((one) => [one, { ...one, checked_at: at(9) }] as const));
  expect(meter.taken()).toEqual([]);
  expect(await counters('batch')).toMatchObject({ total: 3 });
});

test('nothing grows with the number of teams: those that are not shown are not counted, and all share one item', async () => {
  const of = (n: number) => transaction(n, 'Zinc', ['ordered', 'completed'], `team-${n}`);
  const thousand = Array.from({ length: 1_000 }, (_, index) => [null, of(index + 10)] as const);
  const meter = new RequestMeter(engine.table);
  await change(null, ...thousand);
  expect(meter.taken()).toHaveLength(2);
  await change('team-10', ...thousand);
  expect([await counters(null), await counters('team-10')]).toMatchObject([{ total: 1_000 }, { total: 1 }]);
  const { Item } = await engine.table.client.send(
    new GetCommand({ TableName: engine.table.name, Key: countersKey(null) }),
  );
  expect(JSON.stringify(Item).length).toBeLessThan(200);
});

test('names of any length fit into keys and items', () => {
  const insight: Insight = {
    month: '2026-03',
    team_id: null,
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
  };
  const { group, redrawCounts } = countedAs(insight);
  expect(Buffer.byteLength(JSON.stringify(group))).toBeLessThan(400);
  expect(redrawCounts?.filter((name) => /^m:a+$/.test(name) && name.length < 110)).toHaveLength(1);
});

test('every count says what it counts', () => {
  expect(['c', 'v', 'w3', 't42', 'm:Iron', 'e:unknown', 's:enough', '?'].map(insightMeasure)).toEqual([
    { kind: 'outcome', outcome: 'results_complete' },
    { kind: 'overdue' },
    { kind: 'hours', span: 'awaiting_order', bucket: 3 },
    { kind: 'hours', span: 'until_results', bucket: 42 },
    { kind: 'marker', name: 'Iron' },
    { kind: 'failure_type', name: 'unknown' },
    { kind: 'decided', decision: 'enough' },
    null,
  ]);
});
