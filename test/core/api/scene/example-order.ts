import { SANDBOX_API_KEY, startSandbox } from '../../../../sandbox/server.ts';
import { event, listed, march, orderId, transaction } from '../../../oracle/bodies.ts';
import type { QueryApi } from './query-api.ts';

const ORDER_REQUEST = {
  user_id: '3fa85f64-0000-4000-8000-000000000002',
  order_set: { lab_test_ids: ['5a000000-0000-4000-8000-000000000001'] },
  patient_details: {
    first_name: 'Ada',
    last_name: 'Okafor',
    dob: '1980-05-06',
    gender: 'female',
    phone_number: '+16025550123',
    email: 'ada@example.com',
  },
  patient_address: {
    first_line: '1 Main St',
    city: 'Phoenix',
    state: 'AZ',
    zip: '85004',
    country: 'US',
  },
};

/** What Junction answers; the example shows only the beginning of such an order. */
const PLACED = {
  id: orderId(5),
  user_id: ORDER_REQUEST.user_id,
  patient_details: ORDER_REQUEST.patient_details,
  patient_address: ORDER_REQUEST.patient_address,
  details: { type: 'walk_in_test' },
  status: 'received',
  events: [event(11, 'ordered', march(10))],
  origin: 'initial',
  order_transaction: transaction(5, 'active', [
    listed(5, 'ordered', march(10), { created_at: march(10), updated_at: march(10) }),
  ]),
  created_at: march(10),
  updated_at: march(10),
};

/** An order that is placed, and its request. */
export async function exampleOrder(api: QueryApi): Promise<Record<string, unknown>> {
  const sandbox = await startSandbox({
    fault: ({ path }) =>
      path === '/v3/order'
        ? { status: 200, body: { order: PLACED, status: 'success', message: 'Order created' } }
        : null,
  });
  const placing = api.as({ junction: { baseUrl: sandbox.url, apiKey: SANDBOX_API_KEY } });
  placing.now = api.now;
  const { status, json, text } = await placing.ask('POST', '/v1/orders', {
    body: ORDER_REQUEST,
    headers: { 'idempotency-key': 'order-2026-0042' },
  });
  await sandbox.close();
  if (status !== 201) throw new Error(`POST /v1/orders answered ${status} ${text}`);
  return { placedOrder: json, orderRequest: ORDER_REQUEST };
}
