import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { JunctionClient } from '@junction-api/sdk';
import {
  ClientFacingOrderChanged,
  GetOrderTransactionResponse,
  type OrderLowLevelStatus,
} from '@junction-api/sdk/serialization';
import { describe, expect, test } from 'vitest';
import { journey, journeys } from '../../journeys/journeys.ts';
import { SANDBOX_API_KEY } from '../../server.ts';
import { FOREIGN, send } from '../foreign-requests.ts';
import { start, statusOf } from '../running-sandbox.ts';

const redraw = journey('redraw_completed', 8);
const lastKnown = redraw.known.at(-1);
const transaction = lastKnown?.order.order_transaction;
if (!lastKnown || !transaction) throw new Error('the journey has no transaction');

describe('with the official SDK', () => {
  test('an order in its current state, with its whole transaction', async () => {
    const { client } = await start({ journeys: [redraw] });
    const [initial] = transaction.orders;
    const order = await client.labTests.getOrder({ orderId: initial?.id ?? '' });
    expect(order.events.at(-1)?.status).toBe('collecting_sample.walk_in_test.redraw_available');
    expect(order.orderTransaction?.status).toBe('completed');
    expect(order.orderTransaction?.orders.map((one) => one.lowLevelStatus)).toEqual([
      'redraw_available',
      'completed',
    ]);
  });

  test('a transaction in its own form', async () => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    const found = await client.orderTransaction.getTransaction({ transactionId: transaction.id });
    expect(found.orders?.map((order) => order.lastStatus)).toEqual(['redraw_available', 'completed']);
    expect(GetOrderTransactionResponse.parse(sandbox.junction.transaction(transaction.id))).toMatchObject({
      ok: true,
    });
  });

  test('orders of a transaction, by status and by page', async () => {
    const many = [redraw, ...journeys(6, 40)];
    const { client } = await start({ journeys: many });
    const own = await client.labTests.getOrders({ orderTransactionId: transaction.id });
    expect(own.orders.map(({ id }) => id).sort()).toEqual(transaction.orders.map(({ id }) => id).sort());

    const status: OrderLowLevelStatus.Raw[] = ['cancelled', 'redraw_available'];
    const some = await client.labTests.getOrders({ status, size: 100 });
    const lows = some.orders.map(({ lastEvent }) => lastEvent.status.split('.')[2]);
    expect(new Set(lows)).toEqual(new Set(status));

    const first = await client.labTests.getOrders({ size: 15 });
    const second = await client.labTests.getOrders({ size: 15, page: 2 });
    expect(first).toMatchObject({ page: 1, size: 15, total: second.total });
    const ids = [...first.orders, ...second.orders].map(({ id }) => id);
    expect(new Set(ids).size).toBe(30);
    expect(await statusOf(client.labTests.getOrders({ page: 0 }))).toBe(422);
  });

  test('orders updated since a time', async () => {
    const { client } = await start({ journeys: journeys(6, 40) });
    const all = await client.labTests.getOrders({ size: 100 });
    const times = all.orders.map(({ updatedAt }) => updatedAt.getTime()).sort();
    const middle = new Date(times[20] ?? 0);
    const since = await client.labTests.getOrders({ updatedStartDate: middle, size: 100 });
    expect(since.total).toBe(times.filter((time) => time >= middle.getTime()).length);
  });

  test('an order without any webhook', async () => {
    const unannounced = journey('redraw_never_announced', 2);
    const { client } = await start({ journeys: [unannounced] });
    const redrawId = unannounced.known.at(-1)?.order.order_transaction?.orders[1]?.id ?? '';
    expect((await client.labTests.getOrder({ orderId: redrawId })).origin).toBe('redraw');
  });

  test('resent events', async () => {
    const { client } = await start({ journeys: [redraw] });
    const answer = await client.order.resendEvents({ orderIds: [lastKnown.order.id, 'unknown'] });
    expect(answer.orderIds).toEqual([lastKnown.order.id]);
  });

  test('resent events reach the endpoint, each under a new id, with the current state', async () => {
    const received: { id: string; body: string }[] = [];
    const endpoint = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      received.push({ id: String(request.headers['svix-id']), body });
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    const { port } = endpoint.address() as AddressInfo;
    const webhooks = { url: `http://127.0.0.1:${port}/`, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' };
    const { client } = await start({ journeys: [redraw], webhooks });
    await client.order.resendEvents({ orderIds: [lastKnown.order.id] });
    await client.order.resendEvents({ orderIds: [lastKnown.order.id] });
    await expect.poll(() => received.length).toBe(2);
    endpoint.close();
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    for (const { body } of received) {
      expect(ClientFacingOrderChanged.parse(JSON.parse(body))).toMatchObject({
        ok: true,
        value: { eventType: 'labtest.order.updated', data: { orderTransaction: { status: 'completed' } } },
      });
    }
  });

  test('nothing without the correct key', async () => {
    const { sandbox } = await start({ journeys: [redraw], apiKey: 'right' });
    const client = new JunctionClient({ baseUrl: sandbox.url, apiKey: 'wrong', maxRetries: 0 });
    expect(await statusOf(client.orderTransaction.getTransaction({ transactionId: transaction.id }))).toBe(
      401,
    );
    expect(sandbox.requests).toEqual([]);
  });

  test('404 for unknown ids', async () => {
    const { client } = await start({ journeys: [redraw] });
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await statusOf(client.labTests.getOrder({ orderId: nobody }))).toBe(404);
    expect(await statusOf(client.orderTransaction.getTransaction({ transactionId: nobody }))).toBe(404);
  });
});

test('has its own clock, and knows what has happened with or without webhooks', async () => {
  const { sandbox } = await start({ journeys: [redraw] });
  const [created] = redraw.known;
  const available = redraw.known.find(({ order }) => order.last_event.status.endsWith('redraw_available'));
  sandbox.junction.setClock(new Date(Date.parse(created?.at ?? '') - 1000));
  expect(sandbox.junction.transaction(transaction.id)).toBeNull();
  sandbox.junction.setClock(new Date(Date.parse(available?.at ?? '') + 1));
  expect(sandbox.junction.transaction(transaction.id)).toMatchObject({
    status: 'active',
    orders: [{ last_status: 'redraw_available' }],
  });
  sandbox.junction.setClock(null);
  expect(sandbox.junction.transaction(transaction.id)).toMatchObject({ status: 'completed' });
});

test('gives wrong answers on request', async () => {
  const { client, sandbox } = await start({
    journeys: [redraw],
    fault: ({ path }) =>
      path.includes('order_transaction') ? { status: 429, headers: { 'retry-after': '1' } } : null,
  });
  expect(await statusOf(client.orderTransaction.getTransaction({ transactionId: transaction.id }))).toBe(429);
  expect(await statusOf(client.labTests.getOrder({ orderId: lastKnown.order.id }))).toBe(200);
  expect(sandbox.requests).toHaveLength(2);
});

test.each(FOREIGN)('answers nothing to requests with %j', async (headers) => {
  const { sandbox } = await start({ allowedHosts: ['box.example.com'] });
  const key = { 'x-vital-api-key': SANDBOX_API_KEY };
  for (const route of ['GET /', 'GET /sandbox/state', 'POST /sandbox/journeys', 'GET /v3/lab_tests'])
    expect((await send(sandbox.url, route, { ...key, ...headers })).status).toBe(403);
  expect((await send(sandbox.url, 'GET /v3/lab_tests', { ...key, host: 'box.example.com' })).status).toBe(
    200,
  );
});
