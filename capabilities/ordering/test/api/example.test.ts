import { expect, test } from 'vitest';
import { QueryApi } from '../../../../test/core/api/scene/query-api.ts';
import { SANDBOX_API_KEY, startSandbox } from '../../../../tools/sandbox/server.ts';
import { orderingExamples } from '../../docs/api-examples.ts';

test('the example of the documents is a real answer', async () => {
  const { orderRequest, placedOrder } = orderingExamples;
  const sandbox = await startSandbox({
    fault: ({ path }) =>
      path === '/v3/order'
        ? { status: 200, body: { order: placedOrder.order, status: 'success', message: 'Order created' } }
        : null,
  });
  const api = await QueryApi.open({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY } });
  api.now = new Date('2026-03-10T08:00:00Z');
  const { status, json } = await api.ask('POST', '/v1/orders', {
    body: orderRequest,
    headers: { 'idempotency-key': 'order-2026-0042' },
  });
  await sandbox.close();
  await api.close();
  expect([status, json]).toEqual([201, placedOrder]);
});
