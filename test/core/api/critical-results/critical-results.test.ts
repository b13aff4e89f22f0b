/** Critical results over the API: from Junction's webhook to the list, the order and its transaction. */
import { inspect } from 'node:util';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderKey } from '../../../../core/store/table-layout.ts';
import {
  criticalResult,
  event,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open();
});
afterAll(() => api.close());

const VALUE = 'CANARY 7.1 mmol/L';
const critical = (n: number, day: number) => ({
  ...criticalResult(n, march(day), {
    sample_id: 'CANARY',
    interpretation: 'critical',
    value: VALUE,
    results: [{ name: 'Potassium', value: VALUE }],
  }),
  team_id: TEAM,
});
const ordered = (n: number) =>
  walkIn(n, [event(1, 'ordered', march(1))], {
    team_id: TEAM,
    order_transaction: transaction(n, 'active', []),
  });
const NOTICE = { told: 'Dr. Lee', channel: 'phone', read_back: true };
const acknowledge = (n: number, body: object) =>
  api.ask('PUT', `/v1/orders/${orderId(n)}/critical-result/acknowledgement`, { body });
const listed = async (query = '') => {
  const { json } = await api.get(`/v1/critical-results${query}`);
  return (json as unknown as { critical_results: { order_id: string }[] }).critical_results;
};
const marks = async (n: number) => {
  const { json } = await api.get(`/v1/transactions/${transactionId(n)}`);
  const { critical_result, orders } = json as unknown as {
    critical_result: string;
    orders: { critical_result: string }[];
  };
  return [critical_result, ...orders.map((order) => order.critical_result)];
};

test('a critical result before its order is marked everywhere until it is acknowledged, and never shows a value', async () => {
  await api.deliver(critical(1, 2));
  expect(await listed()).toMatchObject([{ order_id: orderId(1), order_transaction_id: null, team_id: null }]);
  await api.deliver(ordered(1), critical(1, 2));
  const known = { order_id: orderId(1), order_transaction_id: transactionId(1), team_id: TEAM };
  expect(await listed('?state=open')).toMatchObject([
    { ...known, state: 'open', latest_at: march(2), acknowledgement: null },
  ]);
  expect(await marks(1)).toEqual(['open', 'open']);
  const { status, json } = await acknowledge(1, { by: 'clara', ...NOTICE, latest_at: march(2) });
  const acknowledgement = {
    by: 'clara',
    at: expect.any(String),
    caller: { client_id: expect.any(String) },
    ...NOTICE,
  };
  expect([status, json]).toMatchObject([200, { ...known, state: 'acknowledged', acknowledgement }]);
  expect([await listed(), await listed('?state=acknowledged')]).toMatchObject([[], [known]]);
  await api.settle();
  expect(await marks(1)).toEqual(['acknowledged', 'acknowledged']);
  const { json: order, text } = await api.get(`/v1/orders/${orderId(1)}`);
  expect(order).toMatchObject({
    critical_result: { state: 'acknowledged', latest_at: march(2), acknowledgement },
  });
  const { client, name: TableName } = api.table;
  const { Item } = await client.send(new GetCommand({ TableName, Key: orderKey(orderId(1)) }));
  const stored = inspect(Item, { depth: 9 });
  expect(stored).toContain('critical_acknowledgement');
  expect(text + stored + JSON.stringify(json)).not.toContain('CANARY');
});

test('a request that names nothing, or says too much or too little, changes nothing', async () => {
  await api.deliver(ordered(2), critical(3, 2), critical(3, 4));
  const full = { by: 'clara', ...NOTICE };
  expect((await acknowledge(2, full)).status).toBe(404);
  expect((await acknowledge(9, full)).status).toBe(404);
  for (const field of Object.keys(full)) {
    const { [field as 'by']: _, ...rest } = full;
    expect((await acknowledge(3, rest)).status, field).toBe(400);
  }
  expect((await acknowledge(3, { ...full, channel: 'pigeon' })).status).toBe(400);
  const noted = await acknowledge(3, { ...full, note: VALUE });
  expect([noted.status, noted.text]).toEqual([400, expect.not.stringContaining('CANARY')]);
  expect((await acknowledge(3, { ...full, latest_at: march(2) })).status).toBe(409);
  expect(await listed()).toMatchObject([{ order_id: orderId(3), state: 'open' }]);
});

test('another team’s critical results do not exist', async () => {
  const others = api.as({ teamId: 'another-team' });
  await api.deliver(ordered(4), critical(4, 2));
  const { json } = await others.get('/v1/critical-results');
  const ids = (json as unknown as { critical_results: { order_id: string }[] }).critical_results;
  expect(ids.map(({ order_id }) => order_id)).not.toContain(orderId(4));
  const path = `/v1/orders/${orderId(4)}/critical-result/acknowledgement`;
  expect((await others.ask('PUT', path, { body: { by: 'clara', ...NOTICE } })).status).toBe(404);
});
