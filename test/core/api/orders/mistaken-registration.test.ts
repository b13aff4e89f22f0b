/** An order that was registered in another user's transaction by mistake, before Junction reported where it belongs. */
import { afterAll, expect, test } from 'vitest';
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
import { writeAll } from '../../store/tables/batches.ts';
import { comparable, itemsOf, rebuild, transactionsOf } from '../../use-cases/rebuild/lab.ts';
import { QueryApi } from '../scene/query-api.ts';

const api = await QueryApi.open();
afterAll(() => api.close());

const [theirs, ours] = [transactionId(1), transactionId(2)];
const webhookOf = (order: number, of: number, user_id: string) =>
  walkIn(order, [event(order, 'ordered', march(order))], {
    user_id,
    created_at: march(order),
    order_transaction: transaction(of, 'active', [listed(order, 'ordered', march(order))]),
  });
const numbered = (...orders: number[]) => orders.map((order) => ({ id: orderId(order) }));
/** What states where the only order of a transaction belongs. */
const explained = (claims: readonly object[]) => ({ orders: [{ claims }] });

test('the order moves with the first webhook that names its transaction, and everything derived follows', async () => {
  await api.deliver(webhookOf(1, 1, 'another patient'));
  const alone = (await api.get(`/v1/transactions/${theirs}`)).json;
  const order = `/v1/orders/${orderId(2)}`;
  expect((await api.put(order, { order_transaction_id: theirs })).status).toBe(200);
  await api.settle();
  expect((await api.get(`/v1/transactions/${theirs}`)).json).toMatchObject({ orders: numbered(1, 2) });

  await api.deliver(webhookOf(2, 2, USER));
  const { revision: _, ...left } = (await api.get(`/v1/transactions/${theirs}`)).json;
  expect({ ...left, revision: alone.revision }).toEqual(alone);
  expect((await api.get(order)).json).toMatchObject({ order_transaction_id: ours, user_id: USER });
  const { json } = await api.get(`/v1/transactions/${ours}?explain=true`);
  expect(json).toMatchObject({
    orders: numbered(2),
    anomalies: [{ code: 'transaction_conflict', order_id: orderId(2) }],
    explanation: explained([
      { transaction_id: ours, source: 'own', as_of: march(2), decides: true },
      { transaction_id: theirs, source: 'registered', as_of: expect.any(String), decides: false },
    ]),
  });

  // Another mistake is refused; the correction is accepted.
  expect((await api.put(order, { order_transaction_id: transactionId(3) })).status).toBe(409);
  expect((await api.put(order, { order_transaction_id: ours, user_id: USER })).status).toBe(200);
  await api.settle();
  expect((await api.get(`/v1/transactions/${ours}?explain=true`)).json).toMatchObject({
    anomalies: [],
    explanation: explained([
      { transaction_id: ours, source: 'own', decides: true },
      { transaction_id: ours, source: 'registered', decides: false },
      { transaction_id: theirs, source: null, decides: false },
    ]),
  });

  const before = comparable(await itemsOf(api.table));
  expect((await rebuild(api.table)).findings).toEqual([]);
  await writeAll(api.table, { drop: await transactionsOf(api.table) });
  await rebuild(api.table);
  expect(comparable(await itemsOf(api.table))).toEqual(before);
});
