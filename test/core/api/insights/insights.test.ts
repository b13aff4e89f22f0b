/** GET /v1/insights: figures that a naive count of the transactions confirms, by group, and against the former period. */
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { intactStored } from '../../../../core/store/transactions/damaged-transactions.ts';
import { journeys } from '../../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../../tools/sandbox/webhooks/delivery-plan.ts';
import { event, march, transaction, walkIn } from '../../../../tools/verification/oracle/bodies.ts';
import { recountAll } from '../../use-cases/counters.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

const MISSING = (...names: string[]) =>
  names.map((name) => ({ name, slug: name, inferred_failure_type: 'insufficient_volume', loinc: null }));

/** An order of a day in March that ended so, of a team of its own. */
const ordered = (n: number, lab: string, low: string, fields: Record<string, unknown> = {}) => ({
  event_type: 'labtest.order.updated',
  team_id: fields.team_id ?? 'ours',
  user_id: `user-${n}`,
  client_user_id: null,
  data: walkIn(n, [event(1, 'ordered', march(1)), event(2, low, march(4))], {
    team_id: fields.team_id ?? 'ours',
    created_at: march(1),
    updated_at: march(1),
    order_transaction: transaction(n, null, []),
    lab_test: { name: `Panel of ${lab}`, lab: { slug: lab, name: lab } },
    ...fields,
  }),
});

async function insights(query: string) {
  const { status, json } = await api.as({ teamId: 'ours' }).get(`/v1/insights?${query}`);
  expect(status).toBe(200);
  return json as {
    total: {
      transactions: number;
      redraws: object;
      outcomes: Record<string, number>;
      days: Record<string, object>;
    };
    former: { from: string; to: string; total: { transactions: number } };
    groups: { name: string | null; transactions: number; redraws: object; former: object }[];
    causes: object[];
  };
}

describe('the figures', () => {
  beforeAll(async () => {
    await api.deliver(
      ordered(1, 'quest', 'completed'),
      ordered(2, 'quest', 'completed', { created_at: '2026-02-27T10:00:00Z' }),
      ordered(3, 'quest', 'cancelled'),
      ordered(4, 'quest', 'redraw_available', { missing_results: MISSING('Iron', 'Zinc') }),
      ordered(5, 'labcorp', 'completed'),
      ordered(6, 'labcorp', 'ordered'),
      ordered(7, 'quest', 'completed', { team_id: 'theirs' }),
    );
    for (const teamId of ['ours', null]) await recountAll(api.table, teamId, march(9));
  });

  test('are shares with their numbers, by lab, largest first, with the former period, without other teams', async () => {
    const { total, former, groups, causes } = await insights('from=2026-03&to=2026-03&by=lab');
    expect(total).toMatchObject({
      transactions: 4,
      outcomes: { results_complete: 2, cancelled: 1, open: 1 },
      redraws: { count: 1, of: 3, rate: 0.3333 },
      days: { until_results: { count: 2, median: 3.3 } },
    });
    expect(former).toMatchObject({ from: '2026-02', to: '2026-02', total: { transactions: 1 } });
    expect(groups.map(({ name, transactions, redraws }) => [name, transactions, redraws])).toEqual([
      ['quest', 3, { count: 1, of: 2, rate: 0.5 }],
      ['labcorp', 1, { count: 0, of: 1, rate: 0 }],
    ]);
    expect(groups[0]?.former).toEqual({ transactions: 1, redraws: { count: 0, of: 1, rate: 0 } });
    expect(causes).toEqual([]);
  });

  test('name the months in order, also those without transactions, each beside the month before', async () => {
    const { groups } = await insights('from=2026-01&to=2026-03&by=month');
    expect(groups.map(({ name, transactions, former }) => [name, transactions, former])).toMatchObject([
      ['2026-01', 0, { transactions: 0 }],
      ['2026-02', 1, { transactions: 0 }],
      ['2026-03', 4, { transactions: 1 }],
    ]);
  });

  test('say how many redraws each marker and each failure type made necessary', async () => {
    const former = { redraws: { count: 0, of: 1, rate: 0 }, share: { count: 0, of: 0, rate: null } };
    const of = { redraws: { count: 1, of: 3, rate: 0.3333 }, share: { count: 1, of: 1, rate: 1 }, former };
    const by = async (kind: string) => (await insights(`from=2026-03&to=2026-03&by=${kind}`)).causes;
    expect(await by('marker')).toEqual([
      { name: 'Iron', ...of },
      { name: 'Zinc', ...of },
    ]);
    expect(await by('failure_type')).toEqual([{ name: 'insufficient_volume', ...of }]);
  });

  test('are of the last six months unless the request says otherwise', async () => {
    api.now = new Date('2026-03-31T23:59:59Z');
    const { json } = await api.get('/v1/insights');
    expect(json).toMatchObject({ from: '2025-10', to: '2026-03', by: 'lab', total: { transactions: 6 } });
    expect(await insights('from=2026-02')).toMatchObject({ from: '2026-02', to: '2026-02' });
  });
});

test.each([
  ['from=2026-3', 'must be a month'],
  ['to=2026-13', 'must be a month'],
  ['from=2026-03&to=2026-02', 'later than'],
  ['from=2024-01&to=2026-02', 'longer than 24 months'],
  ['by=color', 'by'],
  ['lab=quest', 'lab'],
])('refuses %s', async (query, sentence) => {
  const { status, json } = await api.get(`/v1/insights?${query}`);
  expect(status).toBe(400);
  expect(JSON.stringify(json)).toContain(sentence);
});

test('equal a naive count after journeys in any order with duplicates', async () => {
  const fresh = await QueryApi.open();
  onTestFinished(() => fresh.close());
  const bodies = planDeliveries(journeys(7, 28)).map(({ body }) => body);
  for (const body of bodies.toReversed().concat(bodies)) await fresh.take(body);
  await fresh.settle();
  await recountAll(fresh.table, null, march(9));
  const { Items = [] } = await fresh.table.client.send(
    new ScanCommand({
      TableName: fresh.table.name,
      FilterExpression: 'begins_with(sk, :tx)',
      ExpressionAttributeValues: { ':tx': 'TX' },
    }),
  );
  const stored = Items.flatMap((item) => intactStored(item) ?? []);
  const months = stored.map(({ created_at }) => created_at?.slice(0, 7) ?? '').sort();
  const { json } = await fresh.get(`/v1/insights?from=${months[0]}&to=${months.at(-1)}&by=marker`);
  const counted = stored.filter(({ status, redraw }) => status !== 'active' || redraw !== null);
  const redraws = counted.filter(({ redraw }) => redraw !== null);
  expect(redraws.length).toBeGreaterThan(5);
  const cancelled = counted.filter(({ outcome, redraw }) => outcome === 'cancelled' && redraw === null);
  expect(json).toMatchObject({
    total: {
      transactions: counted.length,
      redraws: { count: redraws.length, of: counted.length - cancelled.length },
      outcomes: { results_complete: stored.filter(({ outcome }) => outcome === 'results_complete').length },
    },
  });
  // Hundreds of webhooks: a busy machine needs more than the usual time.
}, 120_000);
