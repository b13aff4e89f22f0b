import { orderingExamples } from '../../../../docs/openapi/examples/ordering.ts';
import { SANDBOX_API_KEY, startSandbox } from '../../../../tools/sandbox/server.ts';
import type { QueryApi } from './query-api.ts';

const { orderRequest, placedOrder } = orderingExamples;

/** An order that is placed, and its request. */
export async function exampleOrder(api: QueryApi): Promise<Record<string, unknown>> {
  const sandbox = await startSandbox({
    fault: ({ path }) =>
      path === '/v3/order'
        ? { status: 200, body: { order: placedOrder.order, status: 'success', message: 'Order created' } }
        : null,
  });
  const placing = api.as({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY } });
  placing.now = api.now;
  const { status, json, text } = await placing.ask('POST', '/v1/orders', {
    body: orderRequest,
    headers: { 'idempotency-key': 'order-2026-0042' },
  });
  await sandbox.close();
  if (status !== 201) throw new Error(`POST /v1/orders answered ${status} ${text}`);
  return { placedOrder: json, orderRequest };
}
