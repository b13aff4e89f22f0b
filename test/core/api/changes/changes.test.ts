import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordHeartbeat } from '../../../../core/store/heartbeat.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeEach(async () => {
  api = await QueryApi.open();
});
afterEach(() => api.close());

/** The tokens at a time of one day. */
async function tokensAt(time: string): Promise<Record<string, unknown>> {
  api.now = new Date(`2026-03-01T${time}Z`);
  const { status, json } = await api.get('/v1/changes');
  expect(status).toBe(200);
  return json;
}

test('a token is the same until something changes, and never while it may be changing', async () => {
  await recordHeartbeat(api.table, {
    worklist_at: '2026-03-01T08:00:00.000000Z',
    rest_at: '2026-03-01T07:00:00.000000Z',
  });
  const seen = [await tokensAt('08:00:10'), await tokensAt('08:00:10')];
  expect(new Set(seen.flatMap(({ worklist, everything }) => [worklist, everything])).size).toBe(4);
  const settled = await tokensAt('08:00:15');
  expect(await tokensAt('09:00:00')).toEqual(settled);
  await recordHeartbeat(api.table, { rest_at: '2026-03-01T09:00:00.000000Z' });
  const { worklist, everything } = await tokensAt('09:01:00');
  expect(worklist).toBe(settled.worklist);
  expect(everything).not.toBe(settled.everything);
});

test('without a mark no token is like another', async () => {
  const [one, other] = [await tokensAt('08:00:00'), await tokensAt('08:00:00')];
  expect(one.worklist).not.toBe(other.worklist);
});
