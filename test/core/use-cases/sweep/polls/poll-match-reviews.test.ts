/** Match reviews that Junction lists, and what webhooks did not say about them. */
import { expect, test } from 'vitest';
import { matchReviewEvents } from '../../../../../core/domain/events/match-review-events.ts';
import { readRouteFailures } from '../../../../../core/store/junction-notices/route-failures.ts';
import { readMatchReview } from '../../../../../core/store/match-reviews/match-review-reading.ts';
import { SANDBOX_API_KEY } from '../../../../../tools/sandbox/server.ts';
import { minutesAfter, sandboxOf } from '../scene/scene.ts';
import { junctionApi, Tracker } from '../scene/tracker.ts';

const AT = '2026-03-05T08:00:00Z';
const HOUR = 60;

/** A sandbox with one unmatched result, whose webhooks are all lost unless they are delivered here. */
async function unmatched() {
  const sandbox = await sandboxOf([]);
  const tracker = new Tracker();
  sandbox.junction.setClock(new Date(AT));
  const ask = async (path: string, body: object) => {
    const headers = { 'x-vital-api-key': SANDBOX_API_KEY, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.url}${path}`, request);
    expect(response.ok).toBe(true);
    return response.json() as Promise<{ run_id: string }>;
  };
  await ask('/v3/unmatched_result_test', { case: 'match_demo', order_source: 'managed' });
  const id = sandbox.junction.unmatchedResults()[0]?.id ?? '';
  const sweepAt = async (minutes: number) => {
    const at = minutesAfter(AT, minutes);
    sandbox.junction.setClock(new Date(at));
    const before = await readMatchReview(tracker.memory, id);
    sandbox.log.clear();
    const api = junctionApi(sandbox);
    const { report } = await tracker.runSweep(at, { remaining: () => 900_000, junction: () => api });
    const review = await readMatchReview(tracker.memory, id);
    const events = review && review !== before ? matchReviewEvents(before, review) : [];
    const asked = sandbox.log.entries().filter(({ path }) => path.includes('/unmatched_result')).length;
    return { report, review, asked, published: events.map(({ type, detail }) => [type, detail.id]) };
  };
  const deliver = (status: string, minutes: number) =>
    tracker.deliver(
      {
        event_type: 'labtest.match_review.updated',
        data: { id, status, decision_code: 'match_demo', resolution_action: null, resolved_order_id: null },
      },
      minutesAfter(AT, minutes),
    );
  const resolve = (action: string) => ask(`/v3/unmatched_result/${id}/resolve`, { action });
  return { sandbox, tracker, id, ask, sweepAt, deliver, resolve };
}

test('a review whose webhooks were lost is learned, and so are its decision and that it comes back', async () => {
  const { id, ask, sweepAt, resolve } = await unmatched();
  const learned = await sweepAt(HOUR);
  expect(learned).toMatchObject({
    review: { status: 'pending_customer_review', closed_at: null, returned_at: null },
    published: [['Match Review Opened', `match-review:${id}:opened`]],
  });
  await resolve('unsure');
  expect(await sweepAt(2 * HOUR + 10)).toMatchObject({
    review: { status: 'pending_ops_review' },
    published: [],
  });
  await ask(`/sandbox/match-reviews/${id}`, {});
  const returned = await sweepAt(4 * HOUR);
  expect(returned).toMatchObject({
    review: { status: 'pending_customer_review', returned_at: expect.stringContaining('2026-03-05T10:10') },
    published: [['Match Review Opened', `match-review:${id}:opened:1`]],
  });
  expect((await sweepAt(6 * HOUR)).report.healed).toBe(0);
  await resolve('reject');
  expect(await sweepAt(8 * HOUR)).toMatchObject({
    review: {
      status: 'resolved',
      resolution_action: 'reject',
      closed_at: minutesAfter(AT, 8 * HOUR).replace('Z', '000Z'),
    },
    published: [['Match Review Closed', `match-review:${id}:closed:1`]],
  });
  expect((await sweepAt(10 * HOUR)).report.healed).toBe(0);
});

test('a webhook moves a review on after the list, a repeated one does not move it back for good', async () => {
  const { deliver, sweepAt, resolve, ask, id } = await unmatched();
  await sweepAt(HOUR);
  await resolve('unsure');
  expect(await deliver('pending_ops_review', 2 * HOUR)).toBe('applied');
  await ask(`/sandbox/match-reviews/${id}`, {});
  expect(await sweepAt(4 * HOUR)).toMatchObject({ review: { status: 'pending_customer_review' } });
  expect(await deliver('pending_customer_review', 5 * HOUR)).not.toBe('applied');
  await deliver('pending_ops_review', 5 * HOUR);
  expect(await sweepAt(6 * HOUR)).toMatchObject({
    review: { status: 'pending_customer_review', returns: 2 },
  });
});

test('the lists are read once an hour, and a feature that is off is asked about once a day', async () => {
  const { sandbox, tracker, sweepAt } = await unmatched();
  expect((await sweepAt(HOUR)).asked).toBe(3);
  expect((await sweepAt(HOUR + 15)).asked).toBe(0);
  sandbox.faults.add({ fault: 'not_enabled', route: '/v3/unmatched_result' });
  expect((await sweepAt(3 * HOUR)).asked).toBe(1);
  expect((await sweepAt(9 * HOUR)).asked).toBe(0);
  expect(await readRouteFailures(tracker.memory)).toMatchObject({
    unmatched_results: { reason: expect.stringContaining('400') },
  });
  sandbox.faults.clear();
  expect((await sweepAt(28 * HOUR)).asked).toBe(3);
  expect(await readRouteFailures(tracker.memory)).toEqual({});
});

test('an outage does not count as a missing feature', async () => {
  const { sandbox, tracker, sweepAt } = await unmatched();
  sandbox.faults.add({ fault: 'unavailable' });
  for (const minutes of [60, 120, 180, 240]) expect((await sweepAt(minutes)).asked).toBe(0);
  expect(await readRouteFailures(tracker.memory)).toEqual({});
});
