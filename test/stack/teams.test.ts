/** Two teams in one stack, over HTTP: each with its path, its secret, its key and its part of what is shown. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings, type Settings } from '../../tools/local/settings.ts';
import { type LocalStack, startStack } from '../../tools/local/stack.ts';
import { type Journey, journey } from '../../tools/sandbox/journeys/journeys.ts';
import { call } from './http-call.ts';
import { QueryClient } from './query/calls.ts';
import { secretOf, signed } from './webhook/calls.ts';

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const [NORTH, SOUTH] = ['team-north', 'team-south'];
const file = join(place, 'teams.json');
writeFileSync(
  file,
  JSON.stringify([
    { id: NORTH, name: 'North' },
    { id: SOUTH, name: 'South', clocks: { redrawNoOrder: 'P2D' } },
    { id: 'team-west', name: 'West' },
  ]),
);

const stopping = new AbortController();
const startedAt = Date.now();
let stack: LocalStack;
let settings: Settings;
let client: QueryClient;

/** A redraw that was never ordered, a few hours old. */
const redrawOf = (teamId: string, seed: number): Journey =>
  journey('redraw_never_ordered', seed, { teamId, endAt: new Date(startedAt - 4 * 3_600_000) });
const journeys = [redrawOf(NORTH, 1), redrawOf(SOUTH, 2), redrawOf('team-west', 3)];

beforeAll(async () => {
  const given = {
    PORT: '0',
    DEMO: 'off',
    DATA_DIR: join(place, 'data'),
    WEBHOOK_SECRET: secretOf(1),
    TEAMS: file,
  };
  // The west has no key.
  const plain = readSettings(given);
  const keys = plain.teams.filter(({ id }) => id !== 'team-west').map(({ id, apiKey }) => [id, apiKey]);
  settings = readSettings({ ...given, JUNCTION_API_KEY: JSON.stringify(Object.fromEntries(keys)) });
  stack = await startStack({
    settings: { ...settings, demo: true },
    journeys: () => journeys,
    webhookPath: '/webhooks/junction/{team_id}',
    print: () => undefined,
    signal: stopping.signal,
  });
  client = await QueryClient.open(stack.url);
}, 180_000);

afterAll(async () => {
  await stack?.stop();
  rmSync(place, { recursive: true, force: true });
});

const secretOfTeam = (team: string) => settings.teams.find(({ id }) => id === team)?.webhookSecret ?? '';

/** Delivers a body to a team's path, signed with a team's secret. */
function post(path: string, signedBy: string, body: object) {
  const text = JSON.stringify(body);
  const headers = {
    'content-type': 'application/json',
    ...signed(text, { secrets: [secretOfTeam(signedBy)] }),
  };
  return call(`${stack.url}/webhooks/junction${path}`, { method: 'POST', body: text, headers });
}

const payloads = (at: number) => (journeys[at]?.snapshots ?? []).map(({ payload }) => payload as object);
const transactionsOf = async (query: string) => {
  const { json } = await client.ask(`/v1/transactions${query}`);
  return (json as { transactions: { id: string; team_id: string }[] }).transactions;
};

describe('a delivery', () => {
  const of = (at: number) => payloads(at)[0] ?? {};

  test.each([
    ['signed with the secret of another team', `/${NORTH}`, SOUTH, 401],
    ['to a team that is not configured', '/team-east', NORTH, 404],
    ['to the path without a team', '', NORTH, 404],
  ])('%s is refused and stores nothing', async (_, path, signedBy, status) => {
    expect((await post(path, signedBy, of(0))).status).toBe(status);
    await stack.settled();
    expect(await transactionsOf('')).toEqual([]);
  });

  test('that names another team than the path is quarantined, also when it is replayed', async () => {
    const answer = await post(`/${SOUTH}`, SOUTH, of(0));
    expect([answer.status, answer.json]).toEqual([200, { outcome: 'quarantined' }]);
    const { json } = await client.ask('/v1/quarantine?state=waiting');
    const [held] = (json as { quarantined: { id: string; reason: string }[] }).quarantined;
    expect(held?.reason).toBe("body.team_id: another team than the path's");
    const replayed = await client.ask(`/v1/quarantine/${held?.id}/replay`, { method: 'POST' });
    expect(replayed.json).toMatchObject({ outcome: 'quarantined' });
    await stack.settled();
    expect(await transactionsOf('')).toEqual([]);
  });
});

describe('after the webhooks of every team', () => {
  beforeAll(async () => {
    for (const [at, { id }] of settings.teams.entries()) {
      for (const body of payloads(at)) expect((await post(`/${id}`, id, body)).status).toBe(200);
    }
    await stack.settled();
    await stack.runSchedules('rate', new Date());
    await stack.settled();
  }, 120_000);

  test('lists and numbers are of one team or of all', async () => {
    expect(await transactionsOf('')).toHaveLength(3);
    for (const { id } of settings.teams) {
      expect((await transactionsOf(`?team_id=${id}`)).map(({ team_id }) => team_id)).toEqual([id]);
      expect((await client.ask(`/v1/summary?team_id=${id}`)).json).toMatchObject({ total: 1 });
    }
    expect((await client.ask('/v1/summary')).json).toMatchObject({ total: 3 });
  });

  test('the page knows the names of the teams', async () => {
    const { json } = await call(`${stack.url}/config.json`);
    expect((json as { teams: unknown }).teams).toEqual(settings.teams.map(({ id, name }) => ({ id, name })));
  });

  test('each redraw is due by the clocks of its team, and checked with its key', async () => {
    const redraw = async (team: string) => {
      const [{ id = '' } = {}] = await transactionsOf(`?team_id=${team}`);
      return (await client.ask(`/v1/transactions/${id}`)).json as { redraw: Record<string, unknown> };
    };
    expect((await redraw(NORTH)).redraw).toMatchObject({ state: 'stale', unchecked: false });
    expect((await redraw(SOUTH)).redraw).toMatchObject({ state: 'expected' });
    expect((await redraw('team-west')).redraw).toMatchObject({
      state: 'stale',
      unchecked: true,
      unchecked_reason: 'no_key_for_team',
    });
  });

  test('a redraw of a team without a key cannot be reconciled, and one with a key can', async () => {
    const reconcile = async (team: string) => {
      const [{ id = '' } = {}] = await transactionsOf(`?team_id=${team}`);
      return (await client.ask(`/v1/transactions/${id}/reconcile`, { method: 'POST' })).status;
    };
    expect(await reconcile(NORTH)).toBe(200);
    expect(await reconcile('team-west')).toBe(503);
  });
});
