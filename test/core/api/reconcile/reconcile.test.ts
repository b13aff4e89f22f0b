/** Asking Junction about a transaction on request: over HTTP to the sandbox, with results in the real engine. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Journey, journey } from '../../../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../../../tools/sandbox/server.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { person } from '../../../callers.ts';
import { type Asked, QueryApi, type QueryApiOptions } from '../scene/query-api.ts';

/** What changes with every request. */
const NOTED = { revision: expect.any(Number), junction_checks: expect.any(Array) };

let api: QueryApi;
let seed = 0;
let told: Journey;
let sandbox: Sandbox;
let id: string;

beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

beforeEach(async () => {
  seed += 1;
  told = journey('redraw_completed', seed, { spelling: 'documented' });
  id = told.known[0]?.facts.transactionId ?? '';
  sandbox = await startSandbox({ journeys: [told] });
});
afterEach(async () => {
  await sandbox.close();
  expect(api.faults).toEqual([]);
});

const asking = (options: QueryApiOptions = {}) =>
  api.as({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY }, ...options });
const reconcile = (options: QueryApiOptions = {}, transaction = id) =>
  asking(options).ask('POST', `/v1/transactions/${transaction}/reconcile`);
const shown = async (transaction = id) => (await api.get(`/v1/transactions/${transaction}`)).json;

/** Delivers all webhooks except the last `lost` ones. */
async function hearAllBut(lost: number): Promise<void> {
  const heard = told.snapshots.slice(0, told.snapshots.length - lost);
  await api.deliver(...heard.map(({ payload }) => payload));
}

function expectProblem(asked: Asked, status: number, detail: RegExp) {
  expect(asked.headers['content-type']).toBe('application/problem+json');
  expect(asked.json).toMatchObject({ status, detail: expect.stringMatching(detail) });
}

describe('reconciling a transaction', () => {
  test('repairs a lost webhook at once, and can be repeated safely', async () => {
    await hearAllBut(1);
    expect(await shown()).toMatchObject({ status: 'active', outcome: 'redraw_in_progress' });
    const { status, json } = await reconcile();
    expect(status).toBe(200);
    expect(json).toMatchObject({
      healed: true,
      transaction: { id, status: 'completed', outcome: 'results_complete' },
    });
    // The stream, which is processed later, has nothing left to do.
    await api.settle();
    expect(await shown()).toEqual(json.transaction);
    const again = await reconcile();
    expect(again.json).toMatchObject({
      healed: false,
      transaction: { ...(json.transaction as Json), ...NOTED },
    });
    await api.settle();
    expect(await shown()).toEqual(again.json.transaction);
  });

  test('says who asked, when, and what that brought', async () => {
    await hearAllBut(1);
    const olivia = person('olivia');
    const claims = {
      sub: olivia.subject,
      client_id: olivia.client_id,
      email: olivia.name,
      email_verified: 'true',
    };
    const first = await reconcile({ claims });
    const completed = {
      order_id: told.snapshots.at(-1)?.orderId,
      change: 'status',
      status: 'completed',
    };
    const at = expect.stringMatching(/Z$/);
    const asked = { at, origin: 'request', caller: olivia };
    expect(first.json).toMatchObject({
      transaction: { junction_checks: [{ ...asked, changes: [completed] }] },
    });
    // What brings nothing again and again is kept once.
    await reconcile({ claims });
    const { json } = await reconcile({ claims });
    expect(json).toMatchObject({
      transaction: {
        junction_checks: [
          { ...asked, changes: [] },
          { ...asked, changes: [completed] },
        ],
      },
    });
  });

  test('reports no change if no webhook was lost', async () => {
    await hearAllBut(0);
    const { revision: _, junction_checks: __, ...before } = await shown();
    for (const again of [1, 2]) {
      const { json } = await reconcile();
      expect([again, json]).toMatchObject([again, { healed: false, transaction: before }]);
    }
  });

  test('finds orders without any webhook', async () => {
    const [first] = told.snapshots;
    const alone = JSON.parse(JSON.stringify(first?.payload)) as Json;
    await api.deliver(alone);
    const { json } = await reconcile();
    const truth = sandbox.junction.transaction(id);
    const orders = (json.transaction as { orders: { id: string; low_level_status: string }[] }).orders;
    expect(orders.map((order) => [order.id, order.low_level_status]).sort()).toEqual(
      (truth?.orders ?? []).map((order) => [order.id, order.last_status]).sort(),
    );
  });

  test('finds the transaction of an unclaimed order, and shows that transaction', async () => {
    const [first] = told.snapshots;
    const body = JSON.parse(JSON.stringify(first?.payload)) as { data: Json };
    delete body.data.order_transaction;
    await api.deliver(body);
    const orderId = String(first?.orderId);
    expect(await shown(orderId)).toMatchObject({ id: orderId });
    const { json } = await reconcile({}, orderId);
    expect(json).toMatchObject({ healed: true, transaction: { id } });
    await api.settle();
    expect((await api.get(`/v1/transactions/${orderId}`)).status).toBe(404);
    expect(await shown()).toEqual(json.transaction);
  });

  test('asks nothing about a transaction that does not exist or belongs to another team', async () => {
    await hearAllBut(1);
    expectProblem(await reconcile({}, '7a000000-0000-4000-8000-00000000dead'), 404, /no transaction/);
    expectProblem(await reconcile({ teamId: 'another' }), 404, /no transaction/);
    expect(sandbox.requests).toEqual([]);
    expect((await reconcile({}, 'nobody')).status).toBe(400);
  });

  test('needs a key', async () => {
    await hearAllBut(1);
    const none = { junction: { baseUrl: sandbox.url, apiKey: null } };
    expectProblem(await reconcile(none), 503, /No API key/);
    const wrong = { junction: { baseUrl: sandbox.url, apiKey: 'sk_wrong' } };
    expectProblem(await reconcile(wrong), 502, /rejects the configured API key/);
  });
});

describe('when Junction fails, nothing changes, and the request can be repeated', () => {
  const unchanged = async (trouble: () => Promise<Asked>) => {
    await hearAllBut(1);
    const before = await shown();
    const asked = await trouble();
    await api.settle();
    expect(await shown()).toEqual(before);
    sandbox.faults.clear();
    expect((await reconcile()).json).toMatchObject({ healed: true, transaction: { status: 'completed' } });
    return asked;
  };

  test.each([
    'unavailable',
    'malformed_json',
    'wrong_shape',
    'html_page',
    'html_ok',
    'empty_body',
    'reset',
  ] as const)('answers 502: %s', async (fault) => {
    const asked = await unchanged(() => {
      sandbox.faults.add({ fault });
      return reconcile();
    });
    expectProblem(asked, 502, /no usable response/);
  });

  test('answers 503 with the time to wait if Junction limits the rate', async () => {
    const asked = await unchanged(() => {
      sandbox.faults.add({ fault: 'too_many_requests', retryAfter: 17 });
      return reconcile();
    });
    expectProblem(asked, 503, /Try again later/);
    expect(asked.headers['retry-after']).toBe('17');
  });

  test('answers 504 before API Gateway times out if Junction is slow', async () => {
    const asked = await unchanged(() => {
      sandbox.faults.add({ fault: 'slow', delayMs: 3_000 });
      return reconcile({ timeLeft: 5_400 });
    });
    expectProblem(asked, 504, /in time/);
  });

  test('does not report a failure that passes', async () => {
    await hearAllBut(1);
    sandbox.faults.add({ fault: 'unavailable', times: 1 });
    expect((await reconcile()).json).toMatchObject({ healed: true });
  });
});
