import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OrderingWorld, openOrderingWorld, orderRequest } from './ordering-world.ts';

/** The order of another patient that a cache between answers with. */
let confusing: { route: string; id: string; body: (order: unknown) => unknown } | null = null;
let world: OrderingWorld;
beforeAll(async () => {
  world = await openOrderingWorld({}, ({ method, path }) =>
    confusing && `${method} ${path}`.startsWith(confusing.route)
      ? { status: 200, body: confusing.body(world.sandbox.junction.order(confusing.id)) }
      : null,
  );
});
afterEach(() => {
  world.sandbox.faults.clear();
  world.api.now = null;
  confusing = null;
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
    const body = orderRequest();
    const { status, json } = await world.place('first', body);
    expect(status).toBe(201);
    const { order, transaction } = json as unknown as Placed;
    expect(transaction.id).toBe(order.order_transaction.id);
    expect(transaction.orders.map(({ id }) => id)).toEqual([order.id]);
    expect((await world.api.get(`/v1/transactions/${transaction.id}`)).json).toEqual(transaction);
    const shown = (await world.api.get(`/v1/orders/${order.id}`)).json;
    expect(shown).toMatchObject({ order_transaction_id: transaction.id, registered_at: expect.any(String) });
    expect(world.api.audited.slice(-2)).toMatchObject([
      { action: 'order.place', outcome: 'started', user_id: body.user_id },
      {
        outcome: 'success',
        status: 201,
        user_id: body.user_id,
        order_id: order.id,
        transaction_id: transaction.id,
      },
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

  test('repeated after the results, says whether they are normal only to callers who may open results', async () => {
    const body = orderRequest();
    const { order } = (await world.place('with-results', body)).json as unknown as Placed;
    await world.simulate(order.id, 'completed.walk_in_test.completed');
    const again = { body, headers: { 'idempotency-key': 'with-results' } };
    const without = world.api.as({
      junction: world.junction,
      claims: { sub: 'program', client_id: 'program', scope: 'orders/place' },
    });
    const orderIn = (json: unknown) => (json as { order: object }).order;
    expect(orderIn((await world.place('with-results', body)).json)).toMatchObject({
      interpretation: expect.any(String),
    });
    expect(orderIn((await without.ask('POST', '/v1/orders', again)).json)).toMatchObject({
      id: order.id,
      interpretation: null,
    });
  });

  test("never answers with another patient's order that a cache between answers with", async () => {
    const { id } = (await world.place('of-another')).json.order as unknown as Placed['order'];
    const body = orderRequest();
    confusing = { route: 'POST /v3/order', id, body: (order) => ({ order }) };
    const lost = await world.place('confused', body);
    expect([lost.status, lost.text.includes(id)]).toEqual([502, false]);
    confusing = null;
    const placed = (await world.place('confused', body)).json.order as unknown as Placed['order'];
    expect(placed).toMatchObject({ user_id: body.user_id });
    confusing = { route: `GET /v3/order/${placed.id}`, id, body: (order) => order };
    const again = await world.place('confused', body);
    expect([again.status, again.text.includes(id)]).toEqual([502, false]);
  });

  test('with a key that was used with another body is refused', async () => {
    await world.place('reused');
    const before = ordersAtJunction();
    const { status, json } = await world.place('reused');
    expect([status, json.detail]).toEqual([
      422,
      'This Idempotency-Key was used with a different body. Use a new key for a new order.',
    ]);
    expect(ordersAtJunction()).toBe(before);
  });

  test('keeps the keys of callers apart', async () => {
    const { json: first } = await world.place('shared');
    const other = world.api.as({
      junction: world.junction,
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
    const [nested, answer] = [
      `{"user_id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'The body is nested too deeply.',
    ];
    const deep = await world.api.ask('POST', '/v1/orders', {
      raw: nested,
      headers: { 'idempotency-key': 'deep' },
    });
    expect([deep.status, deep.json.detail]).toEqual([400, answer]);
  });

  test("shows Junction's own errors without values", async () => {
    const body = { ...orderRequest(), icd_codes: ['Canary-code'] };
    const { status, json } = await world.place('refused', body);
    expect([status, json.detail]).toEqual([400, 'Junction refused the order: Invalid ICD code.']);
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
      junction: world.junction,
      timeLeft: 8_300,
    });
    const headers = { 'idempotency-key': 'lost' };
    const lost = await hurried.ask('POST', '/v1/orders', { body, headers });
    expect([lost.status, lost.json.detail]).toEqual([504, expect.stringMatching(/may have placed it/)]);
    expect(hurried.audited.at(-1)).toMatchObject({ outcome: 'failed', user_id: body.user_id });
    const found = await world.place('lost', body);
    expect(found.status).toBe(201);
    expect(await world.ordersOf(body.user_id)).toHaveLength(1);
  });

  describe('a day later, when Junction may have forgotten the key,', () => {
    const DAY_ONE = new Date('2026-03-10T08:00:00Z');
    const DAY_TWO = new Date('2026-03-11T07:00:00Z');
    const setTime = (now: Date | null) => {
      world.api.now = now;
      world.sandbox.junction.setClock(now);
    };
    beforeEach(() => setTime(DAY_ONE));
    afterEach(() => setTime(null));

    /** Places an order whose answers are lost, and repeats the request a day later. */
    async function repeatedLate(key: string, fault: 'malformed_json' | 'unavailable', body = orderRequest()) {
      world.sandbox.faults.add({ fault, route: 'POST /v3/order' });
      expect((await world.place(key, body)).status).toBe(502);
      world.sandbox.faults.clear();
      setTime(DAY_TWO);
      const late = await world.place(key, body);
      expect([late.status, late.json.detail]).toEqual([
        409,
        expect.stringMatching(/started at 2026-03-10T08:00:00.* outcome is not known\./),
      ]);
      return late.json;
    }

    test('is listed among the orders of the patient from that time, and known from then on', async () => {
      const body = orderRequest();
      const { candidates, detail } = await repeatedLate('late', 'malformed_json', body);
      const [{ id, order_transaction }] = (await world.ordersOf(body.user_id)) as [Placed['order']];
      expect(candidates).toEqual([
        { order_id: id, order_transaction_id: order_transaction.id, created_at: expect.any(String) },
      ]);
      expect(detail).toMatch(/If your order is one of them, it is placed\. .*new key\.$/);
      expect((await world.api.get(`/v1/orders/${id}`)).status).toBe(200);
      expect(await world.ordersOf(body.user_id)).toHaveLength(1);
    });

    test('is not placed if there is none, and its key places nothing again', async () => {
      const body = orderRequest();
      const { candidates, detail } = await repeatedLate('never', 'unavailable', body);
      expect([candidates, detail]).toEqual([
        [],
        expect.stringMatching(/Junction has no orders of the patient/),
      ]);
      expect(await world.ordersOf(body.user_id)).toEqual([]);
      expect((await world.place('after-never', body)).status).toBe(201);
    });

    test('is listed later if Junction gives no list now', async () => {
      const body = orderRequest();
      world.sandbox.faults.add({ fault: 'unavailable', route: 'GET /v3/orders' });
      world.sandbox.faults.add({ fault: 'unavailable', route: 'POST /v3/order' });
      expect((await world.place('later', body)).status).toBe(502);
      setTime(DAY_TWO);
      const { status, headers, json } = await world.place('later', body);
      expect([status, headers['retry-after'], json.detail]).toEqual([
        409,
        '60',
        expect.stringMatching(/Repeat the request/),
      ]);
    });
  });
});
