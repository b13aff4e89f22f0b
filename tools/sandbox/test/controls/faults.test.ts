import { describe, expect, test } from 'vitest';
import type { ApiRequest } from '../../api/api.ts';
import { FAULTS, type FaultRule, Faults } from '../../controls/faults.ts';
import { journey } from '../../journeys/journeys.ts';
import { SANDBOX_API_KEY } from '../../server.ts';
import { DEVELOPMENT_SECRET } from '../../webhooks/endpoint.ts';
import { start, statusOf } from '../running-sandbox.ts';

const redraw = journey('redraw_completed', 8);
const { orderId, transactionId } = redraw.known.at(-1)?.facts ?? { orderId: '', transactionId: '' };

function request(text: string, body?: unknown): ApiRequest {
  const [method = '', target = ''] = text.split(' ');
  const { pathname, searchParams } = new URL(target, 'http://sandbox');
  return { method, path: pathname, query: searchParams, body, headers: {} };
}

describe('the requests that a rule applies to', () => {
  test.each<[FaultRule['route'], string, boolean]>([
    [undefined, 'GET /v3/orders', true],
    ['/v3/orders', 'GET /v3/orders?page=2', true],
    ['/v3/order/*', 'GET /v3/orders', false],
    ['GET /v3/order/*', `GET /v3/order/${orderId}`, true],
    ['POST /v3/order/*', `GET /v3/order/${orderId}`, false],
    ['/v3/order_transaction/*/result', `GET /v3/order_transaction/${transactionId}`, false],
    ['/v3/order_transaction/*/result', `GET /v3/order_transaction/${transactionId}/result`, true],
    ['*', 'POST /v3/order/resend_events', true],
    ['/v3.orders', 'GET /v3/orders', false],
  ])('%s and %s: %s', (route, text, strikes) => {
    const faults = new Faults();
    faults.add({ fault: 'unavailable', ...(route === undefined ? {} : { route }) });
    expect(faults.strike(request(text)) !== null).toBe(strikes);
  });

  test('by order or transaction: those with the id in the path, the query or the body', () => {
    const faults = new Faults();
    faults.add({ fault: 'reset', about: orderId.toUpperCase() });
    expect(faults.strike(request(`GET /v3/order/${orderId}/result`))).not.toBeNull();
    expect(faults.strike(request(`GET /v3/orders?order_ids=${orderId}`))).not.toBeNull();
    expect(faults.strike(request('POST /v3/order/resend_events', { order_ids: [orderId] }))).not.toBeNull();
    expect(faults.strike(request(`GET /v3/order_transaction/${transactionId}`))).toBeNull();
  });

  test('with a limit: that many; of several rules, the first applies', () => {
    const faults = new Faults();
    faults.add({ fault: 'unavailable', times: 2 });
    faults.add({ fault: 'too_many_requests', times: 1 });
    const struck = Array.from({ length: 4 }, () => faults.strike(request('GET /v3/orders'))?.fault ?? null);
    expect(struck).toEqual(['unavailable', 'unavailable', 'too_many_requests', null]);
    expect(faults.list().map((fault) => fault.struck)).toEqual([2, 1]);
  });

  test('with a probability: those that the seed selects', () => {
    const strikes = (seed: number) => {
      const faults = new Faults();
      faults.add({ fault: 'unavailable', probability: 0.3, seed });
      return Array.from({ length: 1000 }, () => faults.strike(request('GET /v3/orders')) !== null);
    };
    expect(strikes(1)).toEqual(strikes(1));
    expect(strikes(1)).not.toEqual(strikes(2));
    const count = strikes(1).filter(Boolean).length;
    expect(count).toBeGreaterThan(250);
    expect(count).toBeLessThan(350);
  });

  test('until the rule is cleared, alone or with all others', () => {
    const faults = new Faults();
    const first = faults.add({ fault: 'unavailable' });
    faults.add({ fault: 'too_many_requests' });
    expect(faults.clear(first.id)).toBe(1);
    expect(faults.strike(request('GET /v3/orders'))?.fault).toBe('too_many_requests');
    expect(faults.clear()).toBe(1);
    expect(faults.strike(request('GET /v3/orders'))).toBeNull();
  });

  test.each([
    { fault: 'earthquake' },
    { fault: 'slow' },
    { fault: 'late_answer' },
    { fault: 'reset', times: 0 },
    { fault: 'reset', probability: 2 },
    { fault: 'reset', routes: '/v3/orders' },
  ])('an invalid rule: %o', (rule) => {
    expect(() => new Faults().add(rule as FaultRule)).toThrow();
  });
});

const needsDelay = (fault: string) => ['slow', 'late_answer'].includes(fault);

describe('the official client', () => {
  const made: Record<(typeof FAULTS)[number], number | string | RegExp> = {
    too_many_requests: 429,
    unavailable: 503,
    not_enabled: 503,
    slow: 200,
    late_answer: 200,
    slot_taken: 200,
    malformed_json: /ParseError/,
    wrong_shape: /ParseError/,
    html_page: 502,
    html_ok: /ParseError/,
    empty_body: /ParseError/,
    reset: /fetch failed/,
  };

  test.each(FAULTS)('%s, and then the correct answer', async (fault) => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    const rule = sandbox.faults.add({ fault, times: 1, ...(needsDelay(fault) && { delayMs: 1 }) });
    const ask = () => statusOf(client.orderTransaction.getTransaction({ transactionId }));
    const outcome = await ask();
    const expected = made[fault];
    if (expected instanceof RegExp) expect(String(outcome)).toMatch(expected);
    else expect(outcome).toBe(expected);
    expect(await ask()).toBe(200);
    expect(sandbox.log.entries(transactionId).map((entry) => entry.fault)).toEqual([rule.id, null]);
    expect(sandbox.log.entries()[0]?.status === null).toBe(fault === 'reset');
  });

  test.each(['too_many_requests', 'unavailable'] as const)(
    '%s with and without Retry-After',
    async (fault) => {
      const { sandbox } = await start({ journeys: [redraw] });
      sandbox.faults.add({ fault, retryAfter: 7, times: 1 });
      sandbox.faults.add({ fault, retryAfter: 'Fri, 01 Jan 2027 00:00:00 GMT', times: 1 });
      sandbox.faults.add({ fault });
      const ask = async () => {
        const headers = { 'x-vital-api-key': SANDBOX_API_KEY };
        const response = await fetch(`${sandbox.url}/v3/orders`, { headers });
        return response.headers.get('retry-after');
      };
      expect([await ask(), await ask(), await ask()]).toEqual(['7', 'Fri, 01 Jan 2027 00:00:00 GMT', null]);
    },
  );

  test('a slow answer delays no other request, and a client with a short timeout gives up', async () => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    sandbox.faults.add({ fault: 'slow', delayMs: 600_000, about: transactionId });
    const waiting = client.orderTransaction.getTransaction({ transactionId }, { timeoutInSeconds: 0.05 });
    expect(await statusOf(client.labTests.getOrder({ orderId }))).toBe(200);
    await expect(waiting).rejects.toThrow(/timeout/i);
  });

  test('malformed JSON begins like the correct answer', async () => {
    const { sandbox } = await start({ journeys: [redraw] });
    sandbox.faults.add({ fault: 'malformed_json' });
    const headers = { 'x-vital-api-key': SANDBOX_API_KEY };
    const text = await (await fetch(`${sandbox.url}/v3/order/${orderId}`, { headers })).text();
    expect(JSON.stringify(sandbox.junction.order(orderId)).startsWith(text)).toBe(true);
    expect(() => JSON.parse(text)).toThrow();
  });
});

describe('the number of requests to the API', () => {
  test('is counted by route, with any answer, and not without a key', async () => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    sandbox.faults.add({ fault: 'unavailable', times: 1 });
    await statusOf(client.labTests.getOrder({ orderId }));
    await client.labTests.getOrder({ orderId });
    await client.orderTransaction.getTransactionResult({ transactionId });
    await fetch(`${sandbox.url}/v3/orders`);
    expect(sandbox.log.counts()).toEqual({
      'GET /v3/order/{order_id}': 2,
      'GET /v3/order_transaction/{transaction_id}/result': 1,
    });
    expect(sandbox.log.count()).toBe(3);
    expect(sandbox.log.count('GET /v3/order/{order_id}')).toBe(2);
    expect(sandbox.log.count('GET /v3/orders')).toBe(0);
    expect(sandbox.log.entries(orderId).map(({ status }) => status)).toEqual([503, 200]);
    expect(sandbox.requests).toHaveLength(3);
    sandbox.log.clear();
    expect(sandbox.log.counts()).toEqual({});
  });
});

describe('by hand, over HTTP', () => {
  async function byHand() {
    const { client, sandbox } = await start({ journeys: [redraw] });
    const send = async (method: string, path: string, body?: unknown) => {
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      const response = await fetch(`${sandbox.url}/sandbox/${path}`, init);
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    return { client, send };
  }

  test('a fault is added, listed and cleared', async () => {
    const { client, send } = await byHand();
    const added = await send('POST', 'faults', { fault: 'unavailable', route: '/v3/orders' });
    expect(added).toMatchObject({ status: 201, body: { fault: 'unavailable', struck: 0 } });
    expect(await statusOf(client.labTests.getOrders())).toBe(503);
    expect((await send('GET', 'faults')).body).toMatchObject({ faults: [{ struck: 1 }] });
    expect((await send('DELETE', `faults/${added.body.id}`)).body).toEqual({ cleared: 1 });
    expect(await statusOf(client.labTests.getOrders())).toBe(200);
    expect((await send('DELETE', 'faults')).body).toEqual({ cleared: 0 });
  });

  test('the clock is set and released', async () => {
    const { client, send } = await byHand();
    const created = redraw.known[0]?.at ?? '';
    expect((await send('POST', 'clock', { now: created })).status).toBe(200);
    const { orders } = await client.orderTransaction.getTransaction({ transactionId });
    expect(orders).toHaveLength(1);
    await send('POST', 'clock', { now: null });
    expect((await client.orderTransaction.getTransaction({ transactionId })).orders).toHaveLength(2);
  });

  test('requests are counted, and the log is cleared', async () => {
    const { client, send } = await byHand();
    await client.labTests.getOrder({ orderId });
    expect((await send('GET', 'requests')).body).toMatchObject({
      counts: { 'GET /v3/order/{order_id}': 1 },
      last: [{ path: `/v3/order/${orderId}`, status: 200, fault: null }],
    });
    expect((await send('DELETE', 'requests')).body).toEqual({ counts: {}, last: [] });
  });

  test('an endpoint with an unusable secret is refused, and the webhooks go where they went', async () => {
    const webhooks = { url: 'http://127.0.0.1:9/', secret: DEVELOPMENT_SECRET };
    const { sandbox } = await start({ webhooks });
    for (const secret of ['whsec_', 'whsec_!!!', 'whsec_c2hvcnQ=', `${DEVELOPMENT_SECRET},`, 7]) {
      const response = await fetch(`${sandbox.url}/sandbox/endpoint`, {
        method: 'PUT',
        body: JSON.stringify({ url: 'http://127.0.0.1:10/', secret }),
      });
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({
        detail: [{ loc: ['body', 'secret'], msg: expect.stringContaining('whsec_') }],
      });
    }
    expect(sandbox.outbox.endpoint).toEqual(webhooks);
  });

  test.each([
    ['/sandbox/clock', {}, 400],
    ['/v3/order', {}, 401],
    ['/v3/order', { 'x-vital-api-key': SANDBOX_API_KEY }, 422],
  ])('a body that is not JSON at %s with %j: %i', async (path, headers, status) => {
    const { sandbox } = await start();
    const response = await fetch(`${sandbox.url}${path}`, { method: 'POST', headers, body: '{"now"' });
    expect(response.status).toBe(status);
  });

  test.each([
    ['POST', 'faults', { fault: 'earthquake' }, 422],
    ['POST', 'faults', { fault: 'slow' }, 422],
    ['POST', 'clock', { now: 'noon' }, 422],
    ['POST', 'journeys', { script: 'redraw' }, 422],
    ['PUT', 'endpoint', { url: 'ftp://127.0.0.1/', secret: DEVELOPMENT_SECRET }, 422],
    ['PUT', 'faults', { fault: 'reset' }, 405],
    ['GET', 'weather', undefined, 404],
  ])('%s %s %o: %i', async (method, path, body, status) => {
    const { send } = await byHand();
    expect((await send(method, path, body)).status).toBe(status);
  });
});
