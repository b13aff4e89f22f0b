/** Match reviews over the API: from Junction's webhooks to the lists, and to the order that a review assigned a result to. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { event, march, orderId, TEAM, walkIn } from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

const webhook = (change: 'created' | 'updated', data: object, team_id = TEAM) => ({
  event_type: `labtest.match_review.${change}`,
  team_id,
  data: { decision_code: 'no_match', ...data },
});
const listed = async (query: string) => {
  const { json } = await api.get(`/v1/match-reviews${query}`);
  return (json as unknown as { match_reviews: { id: string }[] }).match_reviews.map(({ id }) => id);
};

test('a review is listed while it is open, and then leads from its order to it and back', async () => {
  await api.deliver(
    webhook('created', { id: 'mr_1', status: 'pending_customer_review' }),
    webhook('created', { id: 'mr_2', status: 'pending_customer_review' }),
  );
  expect(await listed('')).toEqual(['mr_1', 'mr_2']);
  const accepted = { status: 'resolved', resolution_action: 'accept', resolved_order_id: orderId(1) };
  await api.deliver(
    webhook('updated', { id: 'mr_1', ...accepted }),
    walkIn(1, [event(1, 'ordered', march(1))]),
  );
  expect(await listed('?state=open')).toEqual(['mr_2']);
  expect(await listed('?state=closed')).toEqual(['mr_1']);
  const { json: review } = await api.get('/v1/match-reviews/mr_1');
  expect(review).toMatchObject({ id: 'mr_1', state: 'closed', team_id: TEAM, ...accepted });
  const { json: order } = await api.get(`/v1/orders/${orderId(1)}`);
  const { closed_at } = review as unknown as { closed_at: string };
  expect(order).toMatchObject({ match_reviews: [{ id: 'mr_1', resolution_action: 'accept', closed_at }] });
});

test('what does not exist is 404, and a cursor of one list is refused by the other', async () => {
  expect((await api.get('/v1/match-reviews/mr_3')).status).toBe(404);
  await api.deliver(webhook('created', { id: 'mr_4', status: 'pending_ops_review' }));
  const { json } = await api.get('/v1/match-reviews?limit=1');
  const cursor = encodeURIComponent(String((json as { next_cursor: unknown }).next_cursor));
  expect(await listed(`?limit=1&cursor=${cursor}`)).toEqual(['mr_4']);
  expect((await api.get(`/v1/match-reviews?state=closed&cursor=${cursor}`)).status).toBe(400);
});
