import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type OrderingWorld, openOrderingWorld, orderRequest } from './ordering-world.ts';

let world: OrderingWorld;
beforeAll(async () => {
  world = await openOrderingWorld();
});
afterEach(() => {
  world.sandbox.faults.clear();
  world.api.now = null;
  expect(world.api.faults).toEqual([]);
});
afterAll(() => world.close());

const ordersAtJunction = () => world.sandbox.log.count('POST /v3/order');

interface Placed {
  order: { id: string; order_transaction: { id: string } };
  transaction: { id: string; orders: { id: string }[] };
}

describe('placing an order', () => {
  test('answers with the order and its transaction, and both are shown at once', async () => {
    const { status, json } = await world.place('first');
    expect(status).toBe(201);
    const { order, transaction } = json as unknown as Placed;
    expect(transaction.id).toBe(order.order_transaction.id);
    expect(transaction.orders.map(({ id }) => id)).toEqual([order.id]);
    expect((await world.api.get(`/v1/transactions/${transaction.id}`)).json).toEqual(transaction);
    const shown = (await world.api.get(`/v1/orders/${order.id}`)).json;
    expect(shown).toMatchObject({ order_transaction_id: transaction.id, registered_at: expect.any(String) });
    expect(world.api.audited.slice(-2)).toMatchObject([
      { action: 'order.place', outcome: 'started' },
      { outcome: 'success', status: 201, order_id: order.id, transaction_id: transaction.id },
    ]);
  });

  test('gives the same order for the same key, and places it once', async () => {
    const body = orderRequest();
    const [first, placed] = [await world.place('again', body), ordersAtJunction()];
    const reordered = Object.fromEntries(Object.entries(body).reverse());
    const second = await world.place('again', reordered);
    expect(second).toMatchObject({ status: 201, json: first.json });
    expect(ordersAtJunction()).toBe(placed);
  });

  test('with a key that was used with another body is refused', async () => {
    await world.place('reused');
    const before = ordersAtJunction();
    const { status, json } = await world.place('reused');
    expect([status, json.detail]).toEqual([
      422,
      'This Idempotency-Key was used with another body. Use a new key for another order.',
    ]);
    expect(ordersAtJunction()).toBe(before);
  });

  test('keeps the keys of callers apart', async () => {
    const { json: first } = await world.place('shared');
    const other = world.api.as({
      junction: { baseUrl: world.sandbox.url, apiKey: 'sk_us_sandbox_local' },
      claims: { client_id: 'another-program' },
    });
    const second = await other.ask('POST', '/v1/orders', {
      body: orderRequest(),
      headers: { 'idempotency-key': 'shared' },
    });
    expect(second.status).toBe(201);
    expect((second.json.order as { id: string }).id).not.toBe((first.order as { id: string }).id);
  });

  test.each([[''], ['with space'], ['x'.repeat(256)]])('needs a key: not "%s"', async (key) => {
    const { status, json } = await world.place(key);
    expect([status, json.detail]).toEqual([
      400,
      'The header idempotency-key is invalid: it must have 1 to 255 visible ASCII characters.',
    ]);
  });

  test('is refused with every fault at once, before Junction is asked', async () => {
    const before = ordersAtJunction();
    const body = orderRequest(
      'at_home_phlebotomy',
      { first_name: 'José', dob: '2020-02-30', phone_number: '602 555 0123' },
      { first_line: 'Main St Apt', zip: '99999', access_notes: 'x'.repeat(1_001) },
    );
    const { status, json } = await world.place('faulty', body);
    expect(status).toBe(400);
    expect((json.errors as unknown as { field: string }[]).map(({ field }) => field).sort()).toEqual([
      'patient_address.access_notes',
      'patient_address.first_line',
      'patient_address.first_line',
      'patient_address.zip',
      'patient_details.dob',
      'patient_details.first_name',
      'patient_details.phone_number',
    ]);
    expect(ordersAtJunction()).toBe(before);
  });

  test('takes images of insurance cards, up to 4 MiB in all', async () => {
    const image = (bytes: number) => ({ content: 'A'.repeat(bytes), content_type: 'image/jpeg' });
    const insured = (bytes: number) => ({
      ...orderRequest(),
      health_insurance: { front_image: image(bytes), back_image: image(bytes) },
    });
    expect((await world.place('images', insured(2_000_000))).status).toBe(201);
    const { status, json } = await world.place('large-images', insured(2_100_000));
    expect([status, json.detail]).toEqual([413, 'The body is larger than 4 MiB.']);
  });

  test('shows what only Junction knows, in its words but without the values', async () => {
    const body = { ...orderRequest(), icd_codes: ['Canary-code'] };
    const { status, json } = await world.place('refused', body);
    expect([status, json.detail]).toEqual([400, 'Junction refuses the order: Invalid ICD code: …']);
    const again = await world.place('refused', body);
    expect([again.status, again.json.detail]).toEqual([400, json.detail]);
  });
});

describe('an order whose outcome is not known', () => {
  test('is placed once when the request is repeated', async () => {
    const body = orderRequest();
    // The order is placed, and both answers are lost.
    world.sandbox.faults.add({ fault: 'slow', delayMs: 900, route: 'POST /v3/order', times: 2 });
    const hurried = world.api.as({
      junction: { baseUrl: world.sandbox.url, apiKey: 'sk_us_sandbox_local' },
      timeLeft: 8_300,
    });
    const headers = { 'idempotency-key': 'lost' };
    const lost = await hurried.ask('POST', '/v1/orders', { body, headers });
    expect([lost.status, lost.json.detail]).toEqual([504, expect.stringMatching(/may have placed it/)]);
    const found = await world.place('lost', body);
    expect(found.status).toBe(201);
    expect(await world.ordersOf(body.user_id)).toHaveLength(1);
  });

  test('is not asked for again while the first request may run, nor when Junction may have forgotten the key', async () => {
    world.sandbox.faults.add({ fault: 'unavailable', route: 'POST /v3/order' });
    const body = orderRequest();
    world.api.now = new Date('2026-03-10T08:00:00Z');
    expect((await world.place('old', body)).status).toBe(502);
    world.sandbox.faults.clear();
    world.api.now = new Date('2026-03-11T07:00:00Z');
    const late = await world.place('old', body);
    expect([late.status, late.json.detail]).toEqual([409, expect.stringMatching(/its outcome is not known/)]);
    expect(await world.ordersOf(body.user_id)).toEqual([]);
  });
});
