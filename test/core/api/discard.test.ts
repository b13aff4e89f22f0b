/** What Junction does not know can be taken off every list, and comes back when Junction speaks of it: over HTTP to the sandbox. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readHeldReviews, writeListedReview } from '../../../core/store/match-reviews/listed-review.ts';
import { journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../../tools/sandbox/server.ts';
import {
  criticalResult,
  event,
  march,
  orderId,
  TEAM,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { type Asked, QueryApi } from './scene/query-api.ts';

/** Of the orders that Junction knows. */
const known = journey('walk_in_completed', 3, { spelling: 'documented', teamId: TEAM });
const NOTE = { by: 'mia', note: 'The example of a test of the endpoint.' };
/** Junction has never heard of it. */
const example = walkIn(1, [event(1, 'ordered', march(1))]);
const REVIEW = '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e33';

let api: QueryApi;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ journeys: [known] });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  api = await QueryApi.open({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY } });
});
afterEach(async () => {
  expect(api.faults).toEqual([]);
  await api.close();
});

const discard = (path: string, body: object = NOTE): Promise<Asked> =>
  api.ask('POST', `/v1/${path}/discard`, { body });
const hearKnown = () => api.deliver(...known.snapshots.map(({ payload }) => payload));
async function total() {
  const { json } = await api.get('/v1/transactions?limit=100');
  return (json.transactions as unknown[]).length;
}

describe('an order that Junction does not know', () => {
  beforeEach(async () => {
    await hearKnown();
    await api.deliver(example, criticalResult(1, march(1)));
  });

  test('leaves its transaction and every list, and says who discarded it', async () => {
    expect(await total()).toBe(2);
    const answer = await discard(`orders/${orderId(1)}`);
    expect([answer.status, answer.json]).toEqual([200, { order_ids: [orderId(1)] }]);
    expect((await api.get(`/v1/transactions/${orderId(1)}`)).status).toBe(404);
    expect(await total()).toBe(1);
    expect((await api.get('/v1/critical-results')).json.critical_results).toEqual([]);
    expect((await api.get('/v1/summary')).json).toMatchObject({ critical_results: { open: 0 } });
    expect((await api.get(`/v1/orders/${orderId(1)}`)).json).toMatchObject({
      order_transaction_id: null,
      discarded: { by: 'mia', note: NOTE.note, at: expect.any(String) },
    });
    // The stream has nothing left to do, and a repetition neither.
    await api.settle();
    expect((await discard(`orders/${orderId(1)}`)).status).toBe(200);
    expect(await total()).toBe(1);
    expect(api.audited.map(({ action }) => action)).toContain('order.discard');
  });

  test.each([
    ['a repeated webhook', example],
    ['a new one', walkIn(1, [event(1, 'ordered', march(1)), event(2, 'cancelled', march(2))])],
  ])('comes back with %s', async (_, body) => {
    await discard(`transactions/${orderId(1)}`);
    await api.settle();
    expect(await total()).toBe(1);
    await api.deliver(body);
    expect(await total()).toBe(2);
    const { json } = await api.get(`/v1/orders/${orderId(1)}`);
    expect(json.discarded).toBeNull();
    expect((await api.get('/v1/critical-results')).json.critical_results).toHaveLength(1);
    const notes = (await api.get(`/v1/transactions/${orderId(1)}/notes`)).json.notes;
    expect(notes).toMatchObject([{ kind: 'discarded', text: NOTE.note, by: 'mia' }]);
  });
});

describe('nothing is discarded', () => {
  test('that Junction knows', async () => {
    await hearKnown();
    const [{ facts }] = known.known as [(typeof known.known)[number]];
    for (const path of [`orders/${facts.orderId}`, `transactions/${facts.transactionId}`]) {
      const { status, json } = await discard(path);
      expect([status, json.detail]).toEqual([409, expect.stringContaining('Junction still knows it')]);
    }
    expect(await total()).toBe(1);
  });

  test('with a key that knows none of the orders here', async () => {
    await api.deliver(example);
    const { status, json } = await discard(`orders/${orderId(1)}`);
    expect([status, json.detail]).toEqual([409, expect.stringContaining('another team or environment')]);
  });

  test('without a note, a name of its own or a key', async () => {
    await api.deliver(example);
    expect((await discard(`orders/${orderId(1)}`, { by: 'mia' })).status).toBe(400);
    expect((await discard(`orders/${orderId(2)}`)).status).toBe(404);
    const keyless = api.as({});
    const { status } = await keyless.ask('POST', `/v1/orders/${orderId(1)}/discard`, { body: NOTE });
    expect(status).toBe(503);
    expect(await total()).toBe(1);
  });
});

test.each(['a webhook', 'a list'])(
  'a match review that Junction does not know leaves its list, and comes back with %s',
  async (by) => {
    const report = (status: string) => ({
      event_type: 'labtest.match_review.created',
      data: { id: REVIEW, status },
    });
    await hearKnown();
    await api.deliver(report('pending_customer_review'));
    const open = async () => (await api.get('/v1/match-reviews')).json.match_reviews as { id: string }[];
    expect(await open()).toHaveLength(1);
    expect((await discard(`match-reviews/${REVIEW}`)).status).toBe(200);
    expect(await open()).toEqual([]);
    expect((await api.get('/v1/match-reviews?state=closed')).json.match_reviews).toEqual([]);
    expect((await discard(`match-reviews/${REVIEW}`)).status).toBe(404);
    if (by === 'a webhook') await api.deliver(report('pending_customer_review'));
    else {
      const held = (await readHeldReviews(api.table, [REVIEW])).get(REVIEW) ?? null;
      const said = { decision_code: null, resolution_action: null, resolved_order_id: null };
      const listed = {
        id: REVIEW,
        status: 'pending_customer_review',
        ...said,
        updated_at: null,
        reviewed_at: null,
      };
      const asked = { at: new Date(Date.now() + 60_000).toISOString(), teamId: null };
      expect(await writeListedReview(api.table, listed, held, asked)).toBe(true);
    }
    expect((await open()).map(({ id }) => id)).toEqual([REVIEW]);
  },
);
