import { JunctionClient, JunctionError } from '@junction-api/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { type Served, serve } from '../scene/http-server.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
let served: Served;
let client: JunctionClient;

beforeAll(async () => {
  api = await QueryApi.open();
  served = await serve(api);
  client = new JunctionClient({
    baseUrl: served.url,
    auth: async () => ({ headers: { Authorization: 'Bearer a-token' } }),
    maxRetries: 0,
  });
});
afterAll(async () => {
  await served.close();
  await api.close();
});

const getTransaction = (id: string) => client.orderTransaction.getTransaction({ transactionId: id });

test('the official SDK, used with this API, reads a transaction', async () => {
  const orders = [
    listed(1, 'redraw_available', march(3, '08:00:00'), { created_at: march(1), updated_at: march(3) }),
    listed(2, 'ordered', march(4), {
      origin: 'redraw',
      parent_id: orderId(1),
      created_at: march(4),
      updated_at: march(4),
    }),
  ];
  await api.deliver(
    walkIn(1, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(3))], {
      order_transaction: transaction(1, 'active', orders),
    }),
  );
  expect(await getTransaction(transactionId(1))).toEqual({
    id: transactionId(1),
    teamId: TEAM,
    status: 'active',
    orders: [
      {
        id: orderId(1),
        origin: 'initial',
        parentId: null,
        lastStatus: 'redraw_available',
        lastStatusCreatedAt: new Date(march(3)),
        createdAt: new Date(march(1)),
        updatedAt: new Date(march(3)),
      },
      {
        id: orderId(2),
        origin: 'redraw',
        parentId: orderId(1),
        lastStatus: 'ordered',
        lastStatusCreatedAt: new Date(march(4)),
        createdAt: new Date(march(4)),
        updatedAt: new Date(march(4)),
      },
    ],
  });
  expect(served.asked.at(-1)?.authorization).toBe('Bearer a-token');
  const headers = { Authorization: 'Bearer another' };
  const other = new JunctionClient({ baseUrl: served.url, auth: false, headers });
  await other.orderTransaction.getTransaction({ transactionId: transactionId(1) });
  expect(served.asked.at(-1)).toMatchObject({ authorization: 'Bearer another' });
  expect(served.asked.at(-1)).not.toHaveProperty('x-vital-api-key');
});

test('the official SDK reads a transaction with almost no known fields', async () => {
  await api.put(`/v1/orders/${orderId(3)}`, { order_transaction_id: transactionId(3) });
  await api.settle();
  expect(await getTransaction(transactionId(3))).toMatchObject({
    teamId: '',
    status: 'active',
    orders: [{ id: orderId(3), lastStatus: 'ordered', createdAt: expect.any(Date) }],
  });
});

test('the official SDK reports that a transaction does not exist', async () => {
  await api.deliver(walkIn(4, [event(1, 'ordered', march(4))]));
  for (const id of [transactionId(99), orderId(4)]) {
    const failure = await getTransaction(id).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(JunctionError);
    expect((failure as JunctionError).statusCode).toBe(404);
  }
});
