/** Reviews of results over the API: for the whole team, until the lab reports something else. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  criticalResult,
  event,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { QueryApi } from '../scene/query-api.ts';
import { expectRefusal } from '../scene/refusals.ts';

const MINUTE = 60_000;
let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open({ keepInterpretation: true });
});
beforeEach(() => {
  api.now = new Date((api.now ?? new Date(march(20))).getTime() + MINUTE);
});
afterAll(() => api.close());

const urlOf = (n: number) => `/v1/transactions/${transactionId(n)}`;
const ORDERED = (n: number) => event(10 * n, 'ordered', march(1));
const PARTIAL = (n: number) => event(10 * n + 1, 'partial_results', march(5));
const COMPLETED = (n: number) => event(10 * n + 2, 'completed', march(8));
const order = (n: number, events: Parameters<typeof walkIn>[1], more: object = {}) =>
  walkIn(n, events, { team_id: TEAM, order_transaction: transaction(n, 'active', []), ...more });
const asCarla = () => {
  const carla = api.as({
    claims: {
      sub: 'carla',
      client_id: 'page',
      email: 'carla',
      email_verified: 'true',
      scope: 'results/read',
    },
  });
  carla.now = api.now;
  return carla;
};
const review = (n: number, body: Json = {}, as = asCarla()) => as.ask('PUT', `${urlOf(n)}/review`, { body });
const reviewOf = async (n: number) => (await api.get(urlOf(n))).json.review as Json | null;
const listed = async (reviewed: boolean, sort = '&sort=results_at') => {
  const { json } = await api.get(`/v1/transactions?results=reported&reviewed=${reviewed}${sort}`);
  return (json.transactions as Json[]).map(({ id }) => id);
};

test('is by one person for everybody, and can be undone', async () => {
  await api.deliver(order(1, [ORDERED(1), PARTIAL(1)], { interpretation: 'abnormal' }));
  expect(await listed(false)).toEqual([transactionId(1)]);
  const first = await review(1, { results_at: march(5) });
  expect([first.status, first.json.review]).toMatchObject([
    200,
    { by: 'carla', at: expect.any(String), caller: { subject: 'carla' } },
  ]);
  for (const sort of ['', '&sort=results_at'])
    expect([await listed(false, sort), await listed(true, sort)]).toEqual([[], [transactionId(1)]]);
  // Somebody else has seen the same results: the first review stands.
  api.now = new Date(Number(api.now) + MINUTE);
  expect((await review(1, {}, api)).json.review).toEqual(first.json.review);
  expectRefusal(
    await asCarla().ask('DELETE', `${urlOf(1)}/review?replaces=${march(9)}`),
    /carla reviewed/,
    409,
  );
  const undone = await asCarla().ask('DELETE', `${urlOf(1)}/review`);
  expect([undone.status, undone.json.review]).toEqual([200, null]);
  expect(await listed(false)).toEqual([transactionId(1)]);
  const { notes } = (await api.get(`${urlOf(1)}/notes`)).json as unknown as { notes: Json[] };
  expect(notes.map(({ kind, by }) => [kind, by])).toEqual([
    ['review_withdrawn', 'carla'],
    ['results_reviewed', 'carla'],
  ]);
});

test.each<[string, number, Parameters<typeof walkIn>[1], object]>([
  ['reports another result', 2, [ORDERED(2), PARTIAL(2), COMPLETED(2)], { interpretation: 'normal' }],
  ['interprets it otherwise', 3, [ORDERED(3), PARTIAL(3)], { interpretation: 'abnormal' }],
  [
    'adds what was missing',
    4,
    [ORDERED(4), PARTIAL(4)],
    { interpretation: 'normal', has_missing_results: false },
  ],
])('ends when the lab %s', async (_, n, events, more) => {
  const before = { interpretation: 'normal', has_missing_results: true };
  const changed = { ...before, ...more };
  await api.deliver(order(n, [ORDERED(n), PARTIAL(n)], { ...before, updated_at: march(5) }));
  await review(n);
  expect(await reviewOf(n)).toMatchObject({ by: 'carla' });
  await api.deliver(order(n, events, { ...changed, updated_at: march(9) }));
  expect(await reviewOf(n)).toBeNull();
  expect(await listed(false)).toContain(transactionId(n));
});

test('stays when something else about the order changes', async () => {
  await api.deliver(order(5, [ORDERED(5), PARTIAL(5)], { updated_at: march(5) }));
  await review(5);
  await api.deliver(
    order(5, [ORDERED(5), PARTIAL(5)], { updated_at: march(9), expected_result_by_date: '2026-03-20' }),
  );
  await api.ask('PUT', `${urlOf(5)}/assignment`, { body: { assignee: 'olivia' } });
  expect(await reviewOf(5)).toMatchObject({ by: 'carla' });
});

test('does not stand in for the acknowledgement of a critical result', async () => {
  const reported = { ...criticalResult(6, march(6), { interpretation: 'critical' }), team_id: TEAM };
  await api.deliver(order(6, [ORDERED(6), PARTIAL(6)]));
  await review(6);
  await api.deliver(reported);
  await api.settle();
  expect(await reviewOf(6)).toBeNull();
  const notice = { by: 'carla', told: 'Dr. Lee', channel: 'phone', read_back: true };
  await asCarla().ask('PUT', `/v1/orders/${orderId(6)}/critical-result/acknowledgement`, { body: notice });
  await api.settle();
  // The values are those that were reviewed.
  expect(await reviewOf(6)).toMatchObject({ by: 'carla' });
});

test('is refused without results, of later ones than were seen, and of a transaction that is not there', async () => {
  await api.deliver(order(7, [ORDERED(7)]), order(8, [ORDERED(8), PARTIAL(8), COMPLETED(8)]));
  expectRefusal(await review(7), /no results/, 409);
  expectRefusal(await review(8, { results_at: march(5) }), /reported other results/, 409);
  expect(await reviewOf(8)).toBeNull();
  expect((await review(9)).status).toBe(404);
  expectRefusal(await review(8, { by: 'olivia' }), /only in your own name/, 403);
});
