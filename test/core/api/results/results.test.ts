import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Journey, journeys } from '../../../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../../../tools/sandbox/server.ts';
import { planDeliveries } from '../../../../tools/sandbox/webhooks/delivery-plan.ts';
import {
  event,
  march,
  orderId,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { type Asked, QueryApi, type QueryApiOptions } from '../scene/query-api.ts';

let sandbox: Sandbox;
let api: QueryApi;
/** The ids of a transaction with results, and of one that Junction knows without results. */
let finished: string;

const known: Journey[] = journeys(11, 40, { spelling: 'documented' });

beforeAll(async () => {
  api = await QueryApi.open();
  for (const { body } of planDeliveries(known)) await api.take(body);
  await api.settle();
});
beforeEach(async () => {
  sandbox = await startSandbox({ journeys: known });
  const { json } = await api.get('/v1/transactions?status=completed&limit=100');
  const ids = (json.transactions as { id: string }[]).map(({ id }) => id);
  finished = ids.find((id) => sandbox.junction.transactionResults(id) !== null) ?? '';
});
afterEach(() => sandbox.close());
afterAll(() => api.close());

const asking = (options: QueryApiOptions = {}) =>
  api.as({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY }, ...options });
const results = (id = finished, options: QueryApiOptions = {}) =>
  asking(options).get(`/v1/transactions/${id}/results`);
const pdf = (id = finished, options: QueryApiOptions = {}) =>
  asking(options).get(`/v1/transactions/${id}/results.pdf`);

function expectProblem(asked: Asked, status: number, detail: RegExp) {
  expect(asked.headers['content-type']).toBe('application/problem+json');
  expect(asked.json).toMatchObject({ status, detail: expect.stringMatching(detail) });
  expect(asked.status).toBe(status);
}

describe('results', () => {
  test('are Junction’s, byte for byte, and must not be cached', async () => {
    const { status, headers, json } = await results();
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(json).toEqual(sandbox.junction.transactionResults(finished));
    expect(sandbox.requests).toEqual([`GET /v3/order_transaction/${finished}/result`]);
  });

  test('can be a PDF, passed on as bytes', async () => {
    const { status, headers, bytes } = await pdf();
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    expect(headers['content-disposition']).toBe(`inline; filename="results-${finished}.pdf"`);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const direct = await fetch(`${sandbox.url}/v3/order_transaction/${finished}/result/pdf`, {
      headers: { 'x-vital-api-key': SANDBOX_API_KEY },
    });
    expect(bytes.equals(Buffer.from(await direct.arrayBuffer()))).toBe(true);
  });

  test('of an unknown transaction are not requested from Junction', async () => {
    expectProblem(await results(transactionId(424242)), 404, /no transaction/);
    expect(sandbox.requests).toEqual([]);
  });

  test('of an unclaimed order do not exist yet', async () => {
    await api.deliver(walkIn(1, [event(1, 'completed', march(1))]));
    expectProblem(await results(orderId(1)), 404, /not yet reported/);
    expect(sandbox.requests).toEqual([]);
  });

  test('that Junction does not have give 404', async () => {
    await api.put(`/v1/orders/${orderId(2)}`, { order_transaction_id: transactionId(2) });
    await api.settle();
    expectProblem(await results(transactionId(2)), 404, /has no results/);
    expectProblem(await pdf(transactionId(2)), 404, /has no results/);
  });

  test('of another team give 404', async () => {
    expectProblem(await results(finished, { teamId: 'another' }), 404, /no transaction/);
    expect(sandbox.requests).toEqual([]);
  });

  test('need a key', async () => {
    const none = { junction: { baseUrl: sandbox.url, apiKey: null } };
    expectProblem(await results(finished, none), 503, /No API key/);
    const wrong = { junction: { baseUrl: sandbox.url, apiKey: 'sk_wrong' } };
    expectProblem(await results(finished, wrong), 502, /rejects the configured API key/);
  });
});

describe('results of an order', () => {
  /** An order that was redrawn, and whose own results are there before those of its transaction. */
  async function redrawn(): Promise<string> {
    const { json } = await api.get('/v1/transactions?redraw=any&limit=100');
    const transactions = json.transactions as { orders: { id: string }[] }[];
    const ids = transactions.flatMap(({ orders }) => orders.map(({ id }) => id));
    return ids.find((id) => sandbox.junction.results(id) !== null) ?? '';
  }

  test('are Junction’s, as JSON and as a PDF', async () => {
    const id = await redrawn();
    const { status, json } = await asking().get(`/v1/orders/${id}/results`);
    expect(status).toBe(200);
    expect(json).toEqual(sandbox.junction.results(id));
    const { headers, bytes } = await asking().get(`/v1/orders/${id}/results.pdf`);
    expect(headers['content-disposition']).toBe(`inline; filename="results-${id}.pdf"`);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(sandbox.requests).toEqual([`GET /v3/order/${id}/result`, `GET /v3/order/${id}/result/pdf`]);
  });

  test('are passed on byte for byte, as is its requisition, if they are a PDF', async () => {
    const id = await redrawn();
    let body = Buffer.from('%PDF-1.4 bring this to the lab');
    await sandbox.close();
    sandbox = await startSandbox({ journeys: known, fault: () => ({ status: 200, body }) });
    const { headers, bytes } = await asking().get(`/v1/orders/${id}/requisition.pdf`);
    expect(headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    expect(headers['content-disposition']).toBe(`inline; filename="requisition-${id}.pdf"`);
    expect(bytes.equals(body)).toBe(true);
    expect(sandbox.requests).toEqual([`GET /v3/order/${id}/requisition/pdf`]);
    body = Buffer.from('<html>Jane Roe</html>');
    expectProblem(await asking().get(`/v1/orders/${id}/requisition.pdf`), 502, /no usable response/);
  });

  test('of an order that is unknown, or of another team, are not requested from Junction', async () => {
    expectProblem(await asking().get(`/v1/orders/${orderId(4242)}/results`), 404, /no order/);
    const id = await redrawn();
    expectProblem(await asking({ teamId: 'another' }).get(`/v1/orders/${id}/results`), 404, /no order/);
    expect(sandbox.requests).toEqual([]);
  });
});

describe('when Junction fails', () => {
  test.each([
    ['too_many_requests', 17, '17'],
    ['too_many_requests', undefined, '30'],
    ['too_many_requests', 'Wed, 21 Oct 2026 07:28:00 GMT', '30'],
    ['too_many_requests', 999_999, '3600'],
    ['too_many_requests', 0, '1'],
  ] as const)('%s with Retry-After %s gives 503 with Retry-After %s', async (fault, retryAfter, told) => {
    sandbox.faults.add({ fault, ...(retryAfter === undefined ? {} : { retryAfter }) });
    const asked = await results();
    expectProblem(asked, 503, /Try again later/);
    expect(asked.headers['retry-after']).toBe(told);
  });

  test.each([
    'unavailable',
    'malformed_json',
    'wrong_shape',
    'html_page',
    'html_ok',
    'empty_body',
    'reset',
  ] as const)('%s gives 502', async (fault) => {
    sandbox.faults.add({ fault });
    expectProblem(await results(), 502, /no usable response/);
    expectProblem(await pdf(), 502, /no usable response/);
  });

  test('a slow answer gives 504 before API Gateway times out', async () => {
    sandbox.faults.add({ fault: 'slow', delayMs: 5_000 });
    expectProblem(await results(finished, { timeLeft: 1_800 }), 504, /in time/);
  });

  test('a transaction that Junction no longer knows gives 502', async () => {
    const nowhere = { junction: { baseUrl: 'http://127.0.0.1:1', apiKey: 'k' } };
    expectProblem(await results(finished, nowhere), 502, /no usable response/);
  });

  test("nothing of Junction's answer is passed on", async () => {
    sandbox.close();
    sandbox = await startSandbox({
      journeys: known,
      fault: () => ({ status: 418, body: { detail: 'Jane Roe, born 1980' } }),
    });
    const asked = await results();
    expectProblem(asked, 502, /no usable response/);
    expect(asked.text).not.toMatch(/Jane|1980/);
    expect(api.faults).toEqual([]);
  });

  test('results that are too large for an answer are refused with a sentence', async () => {
    const text = JSON.stringify({ metadata: {}, results: 'x'.repeat(4_500_000) });
    await sandbox.close();
    sandbox = await startSandbox({
      journeys: known,
      fault: () => ({ status: 200, body: Buffer.from(text) }),
    });
    expectProblem(await results(), 502, /too large/);
  });
});

describe('the name of a patient', () => {
  const name = (id = finished, options: QueryApiOptions = {}) =>
    asking({ patientNames: true, ...options }).get(`/v1/transactions/${id}/patient`);

  test('is Junction’s, is not cached, and is in the audit trail before it is shown', async () => {
    const written: string[] = [];
    const trail = {
      write: async (entries: readonly { action: string; outcome: string }[]) => {
        for (const { action, outcome } of entries) written.push(`${action} ${outcome}`);
      },
    };
    const { status, headers, json } = await name(finished, { trail });
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    const [asked = ''] = sandbox.requests;
    const { patient_details: details } = (await direct(asked.replace('GET ', ''))) as {
      patient_details: { first_name: string; last_name: string };
    };
    expect(json).toEqual({
      transaction_id: finished,
      name: `${details.first_name} ${details.last_name}`,
    });
    expect(written).toEqual(['patient.read success']);
  });

  test('is not shown while the audit trail takes nothing', async () => {
    const trail = { write: () => Promise.reject(new Error('full')) };
    const { status, text } = await name(finished, { trail });
    expect(status).toBe(503);
    expect(text).not.toContain('"name"');
  });

  test('is not asked for where the deployment does not show names', async () => {
    expectProblem(await name(finished, { patientNames: false }), 404, /does not show/);
    expect(sandbox.requests).toEqual([]);
  });

  test('of an unknown transaction is not asked for', async () => {
    expectProblem(await name(transactionId(424242)), 404, /no transaction/);
    expect(sandbox.requests).toEqual([]);
  });

  async function direct(path: string): Promise<unknown> {
    const answer = await fetch(sandbox.url + path, { headers: { 'x-vital-api-key': SANDBOX_API_KEY } });
    return answer.json();
  }
});
