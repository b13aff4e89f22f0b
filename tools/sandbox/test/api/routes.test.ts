import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Junction, JunctionError } from '@junction-api/sdk';
import { PostOrderResponse, ValidationError } from '@junction-api/sdk/serialization';
import { describe, expect, onTestFinished, test } from 'vitest';
import { journey, journeys } from '../../journeys/journeys.ts';
import { start, statusOf } from '../running-sandbox.ts';

const NOBODY = '00000000-0000-4000-8000-000000000000';
const mixed = journeys(6, 90);

async function errorOf(call: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(call).then(
    () => null,
    (error: unknown) => error,
  );
}

describe('the list of orders', () => {
  test('can be filtered by modality, interpretation, criticality and activation', async () => {
    const { client } = await start({ journeys: mixed });
    const list = async (filter: object) => (await client.labTests.getOrders({ ...filter, size: 100 })).orders;
    const kits = await list({ orderType: ['testkit', 'on_site_collection'] });
    expect(new Set(kits.map(({ details }) => details.type))).toEqual(
      new Set(['testkit', 'on_site_collection']),
    );
    const abnormal = await list({ interpretation: 'abnormal' });
    expect(new Set(abnormal.map(({ interpretation }) => interpretation))).toEqual(new Set(['abnormal']));
    const critical = await list({ isCritical: true });
    expect(new Set(critical.map(({ interpretation }) => interpretation))).toEqual(new Set(['critical']));
    const others = await list({ isCritical: false, interpretation: 'abnormal' });
    expect(others).toHaveLength(abnormal.length);
  });

  test('shows orders to be activated later as scheduled until that day', async () => {
    const later = journey('redraw_activated_later', 3);
    const { client, sandbox } = await start({ journeys: [later] });
    const ids = async (type: 'scheduled' | 'current') =>
      (await client.labTests.getOrders({ orderActivationTypes: type })).orders.map(({ origin }) => origin);
    sandbox.junction.setClock(new Date(later.known.at(-1)?.at ?? ''));
    expect(await ids('scheduled')).toEqual(['redraw']);
    expect(await ids('current')).toEqual(['initial']);
    sandbox.junction.setClock(null);
    expect(await ids('scheduled')).toEqual([]);
  });

  test('is newest first, or oldest first', async () => {
    const { client } = await start({ journeys: mixed });
    const times = async (orderDirection: 'asc' | 'desc') =>
      (await client.labTests.getOrders({ orderDirection, size: 100 })).orders.map(({ createdAt }) =>
        createdAt.getTime(),
      );
    expect(await times('asc')).toEqual((await times('asc')).toSorted((a, b) => a - b));
    expect(await times('desc')).toEqual((await times('desc')).toSorted((a, b) => b - a));
  });

  test('has every order on one page, and an empty page at the end', async () => {
    const { client } = await start({ journeys: mixed });
    const seen: string[] = [];
    for (let page = 1; ; page += 1) {
      const { orders, total } = await client.labTests.getOrders({ page, size: 7 });
      seen.push(...orders.map(({ id }) => id));
      if (orders.length === 0) {
        expect(seen).toHaveLength(total ?? -1);
        break;
      }
    }
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('is empty for an unknown transaction, and has the requested orders', async () => {
    const { client } = await start({ journeys: mixed });
    expect(await client.labTests.getOrders({ orderTransactionId: NOBODY })).toMatchObject({
      orders: [],
      total: 0,
    });
    const all = await client.labTests.getOrders({ size: 3 });
    const orderIds = all.orders.map(({ id }) => id);
    const named = await client.labTests.getOrders({ orderIds: [...orderIds, NOBODY] });
    expect(named.orders.map(({ id }) => id)).toEqual(orderIds);
  });
});

describe("errors have Junction's form", () => {
  const wrong = {
    'GET /v3/order/nobody': ['path', 'order_id'],
    'GET /v3/order/nobody/result': ['path', 'order_id'],
    'GET /v3/order_transaction/nothing': ['path', 'transaction_id'],
    'GET /v3/order_transaction/nothing/result/pdf': ['path', 'transaction_id'],
    'POST /v3/order/nobody/cancel': ['path', 'order_id'],
    'GET /v3/orders?page=0': ['query', 'page'],
    'GET /v3/orders?page=two': ['query', 'page'],
    'GET /v3/orders?size=101': ['query', 'size'],
    'GET /v3/orders?order_transaction_id=12': ['query', 'order_transaction_id'],
    'GET /v3/orders?status=done': ['query', 'status'],
    'GET /v3/orders?updated_start_date=yesterday': ['query', 'updated_start_date'],
    'GET /v3/orders?is_critical=maybe': ['query', 'is_critical'],
  };

  test.each(Object.entries(wrong))('422 for %s', async (request, loc) => {
    const { sandbox } = await start({ journeys: [], apiKey: 'key' });
    const [method = '', path = ''] = request.split(' ');
    const response = await fetch(`${sandbox.url}${path}`, { method, headers: { 'x-vital-api-key': 'key' } });
    expect(response.status).toBe(422);
    const { detail } = (await response.json()) as { detail: unknown[] };
    for (const one of detail) expect(ValidationError.parse(one)).toMatchObject({ ok: true, value: { loc } });
  });

  test('the client throws an UnprocessableEntityError for it', async () => {
    const { client } = await start();
    const error = await errorOf(client.orderTransaction.getTransaction({ transactionId: 'nothing' }));
    expect(error).toBeInstanceOf(Junction.UnprocessableEntityError);
    expect(error).toMatchObject({ body: { detail: [{ type: 'uuid_parsing', input: 'nothing' }] } });
  });

  test('404 has a sentence', async () => {
    const { client } = await start();
    const error = await errorOf(client.labTests.getOrder({ orderId: NOBODY }));
    expect(error).toBeInstanceOf(JunctionError);
    expect(error).toMatchObject({ statusCode: 404, body: { detail: 'Order not found' } });
  });
});

describe('cancelling an order', () => {
  const redraw = journey('redraw_completed', 8);
  const requested = redraw.known.find(
    ({ order, facts }) => order.origin === 'redraw' && facts.low === 'requisition_created',
  );
  if (!requested) throw new Error('no requisition');
  const { orderId, transactionId } = requested.facts;
  const then = new Date(Date.parse(requested.at) + 10);

  test('answers with the cancelled order, and the rest of its journey does not happen', async () => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    sandbox.junction.setClock(then);
    const answer = await client.labTests.cancelOrder({ orderId });
    expect(answer.order.lastEvent.status).toBe('cancelled.walk_in_test.cancelled');
    expect(answer.order.orderTransaction?.status).toBe('completed');
    sandbox.junction.setClock(null);
    const order = await client.labTests.getOrder({ orderId });
    expect(order.events.map(({ status }) => status.split('.')[2])).toEqual(
      expect.arrayContaining(['requisition_created', 'cancelled']),
    );
    expect(order.status).toBe('cancelled');
    const transaction = await client.orderTransaction.getTransaction({ transactionId });
    expect(transaction.orders?.map(({ lastStatus }) => lastStatus)).toEqual([
      'redraw_available',
      'cancelled',
    ]);
    const listed = await client.labTests.getOrders({ status: 'cancelled' });
    expect(listed.orders.map(({ id }) => id)).toEqual([orderId]);
    expect(PostOrderResponse.json(answer)).toMatchObject({ ok: true });
  });

  test('also shows in its initial order, but not before that time', async () => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    sandbox.junction.setClock(then);
    await client.labTests.cancelOrder({ orderId });
    const [initial] = sandbox.junction.transaction(transactionId)?.orders ?? [];
    const seen = await client.labTests.getOrder({ orderId: initial?.id ?? '' });
    expect(seen.orderTransaction?.orders.map(({ lowLevelStatus }) => lowLevelStatus)).toEqual([
      'redraw_available',
      'cancelled',
    ]);
    sandbox.junction.setClock(new Date(then.getTime() - 1));
    expect(sandbox.junction.order(orderId)?.last_event.status).toBe(
      'received.walk_in_test.requisition_created',
    );
  });

  test('sends its webhook', async () => {
    const received: { event_type?: string; data?: { id?: string; status?: string } }[] = [];
    const endpoint = createServer(async (message, response) => {
      received.push(JSON.parse(Buffer.concat(await message.toArray()).toString()));
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    onTestFinished(() => void endpoint.close());
    const { port } = endpoint.address() as AddressInfo;
    const webhooks = { url: `http://127.0.0.1:${port}/`, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' };
    const { client, sandbox } = await start({ journeys: [redraw], webhooks });
    sandbox.junction.setClock(then);
    await client.labTests.cancelOrder({ orderId });
    await expect.poll(() => received.length).toBe(1);
    expect(received[0]).toMatchObject({
      event_type: 'labtest.order.updated',
      data: { id: orderId, status: 'cancelled' },
    });
  });

  test('is too late for a finished order, including redraw_available, and fails for an unknown one', async () => {
    const { client, sandbox } = await start({ journeys: [redraw] });
    const [initial] = sandbox.junction.transaction(transactionId)?.orders ?? [];
    expect(await statusOf(client.labTests.cancelOrder({ orderId: initial?.id ?? '' }))).toBe(400);
    expect(await statusOf(client.labTests.cancelOrder({ orderId }))).toBe(400);
    expect(await statusOf(client.labTests.cancelOrder({ orderId: NOBODY }))).toBe(404);
  });
});

describe('appointments', () => {
  test('have their current state and the requested kind', async () => {
    const booked = journey('redraw_stalled_after_appointment', 2);
    const atHome = journey('at_home_cancelled', 2);
    const { client } = await start({ journeys: [booked, atHome] });
    const orderId = booked.knownAppointments[0]?.orderId ?? '';
    const appointment = await client.labTests.getPscAppointment({ orderId });
    expect(appointment).toMatchObject({ orderId, status: 'confirmed', eventStatus: 'scheduled' });
    expect(appointment.startAt?.getTime()).toBe(Date.parse(booked.stall?.since ?? ''));
    expect(await statusOf(client.labTests.getPhlebotomyAppointment({ orderId }))).toBe(404);
    const other = atHome.knownAppointments[0]?.orderId ?? '';
    expect(await client.labTests.getPhlebotomyAppointment({ orderId: other })).toMatchObject({
      status: 'cancelled',
    });
  });
});
