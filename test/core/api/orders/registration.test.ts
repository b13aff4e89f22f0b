import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  USER,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';

const api = await QueryApi.open();
afterAll(() => api.close());

/** Own ids for each test, because the tests share a table. */
let n = 0;
beforeEach(() => {
  n += 1;
  api.now = null;
});

const order = () => `/v1/orders/${orderId(n)}`;
const registering = (fields = {}) => ({ order_transaction_id: transactionId(n), ...fields });
const webhook = (fields = {}) =>
  walkIn(n, [event(1, 'ordered', march(1))], {
    created_at: march(1),
    updated_at: march(1),
    order_transaction: transaction(n, 'active', [
      listed(n, 'ordered', march(1), { created_at: march(1), updated_at: march(1) }),
    ]),
    ...fields,
  });

async function transactionNow() {
  await api.settle();
  return (await api.get(`/v1/transactions/${transactionId(n)}`)).json;
}

describe('a registration of an unknown order', () => {
  test('answers with the order and creates its transaction', async () => {
    const { status, json } = await api.put(order(), registering({ user_id: USER, client_user_id: 'p-1' }));
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: orderId(n),
      order_transaction_id: transactionId(n),
      user_id: USER,
      client_user_id: 'p-1',
      status: null,
      events: [],
    });
    expect(json.registered_at).toMatch(/^\d{4}-.*Z$/);
    expect(await transactionNow()).toMatchObject({
      status: 'active',
      outcome: 'in_progress',
      rule: 'P/none',
      user_id: USER,
      client_user_id: 'p-1',
      created_at: json.registered_at,
      updated_at: json.registered_at,
      orders: [{ id: orderId(n), low_level_status: null, created_at: null }],
    });
    const { json: listOfUser } = await api.get(`/v1/users/${USER}/transactions?limit=100`);
    expect(listOfUser.transactions).toContainEqual(expect.objectContaining({ id: transactionId(n) }));
  });

  test('changes nothing when repeated, not even the version', async () => {
    const first = await api.put(order(), registering({ user_id: USER }));
    await api.settle();
    const before = await transactionNow();
    const again = await api.put(order(), registering({ user_id: USER }));
    expect(again).toMatchObject({ status: 200, json: first.json });
    expect(await transactionNow()).toEqual(before);
  });

  test('is replaced as a whole by a later one, which moves the order', async () => {
    await api.put(order(), registering({ user_id: USER, client_user_id: 'p' }));
    await api.settle();
    const other = transactionId(n + 500_000);
    const { status, json } = await api.put(order(), { order_transaction_id: other, user_id: 'another' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ order_transaction_id: other, user_id: 'another', client_user_id: null });
    await api.settle();
    expect((await api.get(`/v1/transactions/${transactionId(n)}`)).status).toBe(404);
    expect((await api.get(`/v1/transactions/${other}`)).json).toMatchObject({
      user_id: 'another',
      client_user_id: null,
      orders: [{ id: orderId(n) }],
    });
  });

  test('reads ids case-insensitively', async () => {
    const { status } = await api.put(order().toUpperCase().replace('/V1/ORDERS', '/v1/orders'), {
      order_transaction_id: transactionId(n).toUpperCase(),
    });
    expect(status).toBe(200);
    expect(await transactionNow()).toMatchObject({ id: transactionId(n) });
  });
});

describe('a registration and webhooks', () => {
  test('lead to the same state in any order', async () => {
    api.now = new Date('2026-03-10T08:00:00Z');
    await api.put(order(), registering({ user_id: USER, client_user_id: 'p' }));
    await api.deliver(webhook());
    const { revision: _, ...registeredFirst } = await transactionNow();
    const orderFirst = (await api.get(order())).json;
    n += 1;
    await api.deliver(webhook());
    await api.put(order(), registering({ user_id: USER, client_user_id: 'p' }));
    const { revision: __, ...heardFirst } = await transactionNow();
    const text = (value: unknown) => JSON.stringify(value).replaceAll(/-\d{12}"/g, '"');
    expect(text(heardFirst)).toBe(text(registeredFirst));
    const heard = (await api.get(order())).json;
    expect(text({ ...heard, registered_at: null })).toBe(text({ ...orderFirst, registered_at: null }));
  });

  test('moves an unclaimed order into the transaction', async () => {
    await api.deliver(webhook({ order_transaction: null }));
    expect((await api.get(`/v1/transactions/${orderId(n)}`)).status).toBe(200);
    await api.put(order(), registering());
    expect(await transactionNow()).toMatchObject({ orders: [{ id: orderId(n) }] });
    expect((await api.get(`/v1/transactions/${orderId(n)}`)).status).toBe(404);
  });

  test('is confirmed by a webhook that names another user, and can still be repeated', async () => {
    await api.put(order(), registering({ user_id: 'first', client_user_id: 'f' }));
    await api.deliver({ ...webhook({ user_id: 'second' }), client_user_id: 's' });
    expect((await api.get(order())).json).toMatchObject({ user_id: 'second', client_user_id: 's' });
    expect((await api.put(order(), registering({ user_id: 'first', client_user_id: 'f' }))).status).toBe(200);
    expect((await api.put(order(), registering({ user_id: 'third' }))).status).toBe(409);
  });
});

describe('a registration that contradicts what is known', () => {
  const conflict = (detail: RegExp) => ({
    status: 409,
    headers: { 'content-type': 'application/problem+json' },
    json: { title: 'Conflict', status: 409, detail: expect.stringMatching(detail) },
  });

  test('is refused: Junction reports another transaction for the order', async () => {
    await api.deliver(webhook());
    const before = (await api.get(order())).json;
    const other = { order_transaction_id: transactionId(999_999) };
    expect(await api.put(order(), other)).toMatchObject(conflict(/a different transaction/));
    expect((await api.get(order())).json).toEqual(before);
  });

  test('is refused: another transaction lists the order', async () => {
    const listing = [n, n + 500_000].map((one) => listed(one, 'ordered', march(1), { created_at: march(1) }));
    await api.deliver(webhook({ order_transaction: transaction(n, 'active', listing) }));
    const sibling = `/v1/orders/${orderId(n + 500_000)}`;
    const other = { order_transaction_id: transactionId(999_999) };
    expect(await api.put(sibling, other)).toMatchObject(conflict(/a different transaction/));
    expect((await api.put(sibling, registering())).status).toBe(200);
  });

  test('is refused: Junction reports another user for the order', async () => {
    await api.deliver({ ...webhook(), client_user_id: 'a' });
    expect(await api.put(order(), registering({ user_id: 'other' }))).toMatchObject(
      conflict(/a different user/),
    );
    expect(await api.put(order(), registering({ client_user_id: 'b' }))).toMatchObject(
      conflict(/a different client_user_id/),
    );
  });

  test('is refused: the other orders of the transaction are of another user', async () => {
    await api.deliver(webhook());
    const another = `/v1/orders/${orderId(n + 500_000)}`;
    expect(await api.put(another, registering({ user_id: 'other' }))).toMatchObject(
      conflict(/transaction belongs to a different user/),
    );
    expect((await api.put(another, registering({ user_id: USER }))).status).toBe(200);
  });

  test('races another one: one of them is last, and the order is in its transaction only', async () => {
    for (let round = 0; round < 10; round += 1) {
      n += 1;
      const ids = [transactionId(n), transactionId(n + 500_000)];
      const answers = await Promise.all(ids.map((id) => api.put(order(), { order_transaction_id: id })));
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      await api.settle();
      const last = String((await api.get(order())).json.order_transaction_id);
      const shown = await Promise.all(ids.map((id) => api.get(`/v1/transactions/${id}`)));
      expect(shown.map(({ status }) => status)).toEqual(ids.map((id) => (id === last ? 200 : 404)));
    }
  });

  test('races webhooks: nothing is lost, whichever is first', async () => {
    for (let round = 0; round < 10; round += 1) {
      n += 1;
      const later = webhook({ events: [event(1, 'ordered', march(1)), event(2, 'cancelled', march(2))] });
      const [answer] = await Promise.all([
        api.put(order(), registering({ client_user_id: 'p' })),
        api.take(webhook()),
        api.take(later),
        api.put(order(), registering({ client_user_id: 'p' })),
      ]);
      expect(answer.status).toBe(200);
      expect(await transactionNow()).toMatchObject({ status: 'cancelled', client_user_id: 'p' });
      expect((await api.get(order())).json.events).toHaveLength(2);
      expect(api.faults).toEqual([]);
    }
  });
});
