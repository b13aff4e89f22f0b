/** Several teams in one deployment: what the parameter `team_id` shows, counts and reads. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTransaction } from '../../../core/store/transactions/transactions.ts';
import { countChanges } from '../../../core/use-cases/count-changes.ts';
import { recount } from '../../../core/use-cases/recount.ts';
import {
  listed,
  march,
  orderId,
  transaction,
  transactionId,
} from '../../../tools/verification/oracle/bodies.ts';
import { AVAILABLE_AT, initialAvailable } from '../use-cases/sweep/scene/redraw-bodies.ts';
import { QueryApi } from './scene/query-api.ts';

const teams = [
  { id: 'north', name: 'North' },
  { id: 'south', name: 'South' },
];
/** Redraws 1 to 4 are of the north, 5 of the south, and 6 of a team that is not configured. */
const TEAM_OF = ['north', 'north', 'north', 'north', 'south', 'west'];
const idsOf = (team: string) => TEAM_OF.flatMap((one, at) => (one === team ? [transactionId(at + 1)] : []));

let api: QueryApi;

beforeAll(async () => {
  api = await QueryApi.open({ teams });
  api.now = new Date(march(5, '10:30:00'));
  for (const [at, team_id] of TEAM_OF.entries()) {
    const n = at + 1;
    const entry = listed(n, 'redraw_available', AVAILABLE_AT, { created_at: march(1) });
    await api.deliver(
      initialAvailable({
        id: orderId(n),
        team_id,
        interpretation: n === 5 ? 'critical' : 'normal',
        order_transaction: { ...transaction(n, 'active', [entry]), id: transactionId(n) },
      }),
    );
    const after = await readTransaction(api.table, transactionId(n));
    await countChanges({ table: api.table, teamId: null, teams }, [{ before: null, after }]);
  }
});
afterAll(() => api.close());

const get = async (path: string, as = api) => (await as.get(path)).json;
const transactionsOf = async (path: string) =>
  ((await get(path)).transactions as { id: string }[]).map(({ id }) => id).sort();

describe.each(['/v1/transactions?', '/v1/redraws?state=open&'])('the list %s', (path) => {
  test.each(['north', 'south'])('of the team %s has its transactions only', async (team) => {
    expect(await transactionsOf(`${path}team_id=${team}`)).toEqual(idsOf(team));
  });

  test('of every team has all', async () => {
    expect(await transactionsOf(path)).toHaveLength(TEAM_OF.length);
  });

  test('has full pages, whose cursors are for the team only', async () => {
    const first = await get(`${path}team_id=north&limit=3`);
    expect(first.transactions).toHaveLength(3);
    const cursor = encodeURIComponent(String(first.next_cursor));
    expect((await get(`${path}team_id=north&limit=3&cursor=${cursor}`)).transactions).toHaveLength(1);
    for (const other of ['', 'team_id=south&']) {
      expect((await api.get(`${path}${other}limit=3&cursor=${cursor}`)).status).toBe(400);
    }
  });
});

test('the numbers of a team are its own, and those of all teams their sum', async () => {
  const [all, north, south] = [
    await get('/v1/summary'),
    await get('/v1/summary?team_id=north'),
    await get('/v1/summary?team_id=south'),
  ];
  expect([all.total, north.total, south.total]).toEqual([6, 4, 1]);
  expect([all.redraw, north.redraw].map((one) => (one as { expected: number }).expected)).toEqual([6, 4]);
  const open = (one: typeof all) => (one.critical_results as { open: number }).open;
  expect([open(all), open(north), open(south)]).toEqual([1, 0, 1]);
  const figures = await Promise.all(
    ['', '&team_id=north', '&team_id=south'].map((query) => get(`/v1/insights?from=2026-03${query}`)),
  );
  expect(figures.map(({ total }) => (total as { transactions: number }).transactions)).toEqual([6, 4, 1]);
});

test('a recount finds nothing wrong with the numbers of teams, and corrects what is', async () => {
  const findings: unknown[] = [];
  const counting = {
    table: api.table,
    teamId: null,
    dryRun: false,
    segments: 1,
    hasTime: () => true,
    now: march(6),
    pause: async () => undefined,
    onFinding: (finding: unknown) => findings.push(finding),
  };
  expect(await recount({ ...counting, teams })).toBe(true);
  expect(findings).toEqual([]);
  expect((await get('/v1/summary?team_id=north')).counted_at).toBe(march(6));
});

test.each([
  '/v1/transactions?',
  '/v1/redraws?',
  '/v1/orders?state=stalled&',
  '/v1/critical-results?',
  '/v1/match-reviews?',
  '/v1/search?q=123456789&',
  '/v1/summary?',
  '/v1/insights?',
  '/v1/users/someone/transactions?',
])('%s refuses a team that the deployment does not have', async (path) => {
  const detail = 'The parameter team_id is not the ID of a team of this deployment.';
  expect(await api.get(`${path}team_id=west`)).toMatchObject({ status: 400, json: { detail } });
  // A deployment of one team shows no other.
  const one = api.as({ teams: [], teamId: 'south' });
  expect((await one.get(`${path}team_id=north`)).status).toBe(400);
  expect((await one.get(`${path}team_id=south`)).status).toBe(200);
});

test('a team’s worklist reads the items of the team only', async () => {
  const read: number[] = [];
  const { client } = api.table;
  const send = client.send.bind(client) as (
    command: object,
  ) => Promise<{ Responses?: Record<string, unknown[]> }>;
  client.send = (async (command: object) => {
    const answer = await send(command);
    if (!(command instanceof QueryCommand)) {
      read.push(Object.values(answer.Responses ?? {}).flat().length);
    }
    return answer;
  }) as typeof client.send;
  try {
    await transactionsOf('/v1/redraws?team_id=south');
  } finally {
    client.send = send as typeof client.send;
  }
  expect(read).toEqual([1]);
});
