/** Whether the results of an order are normal is health information: only callers who may open results see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { event, march, orderId, transaction, transactionId, USER, walkIn } from '../../oracle/bodies.ts';
import { QueryApi } from './scene/query-api.ts';

let api: QueryApi;
beforeAll(async () => {
  api = await QueryApi.open({ keepInterpretation: true });
  const events = [event(1, 'ordered', march(1)), event(2, 'partial_results', march(5))];
  const told = { interpretation: 'abnormal', order_transaction: transaction(1, 'active', []) };
  await api.deliver(walkIn(1, events, told));
});
afterAll(() => api.close());

const TRANSACTION = `/v1/transactions/${transactionId(1)}`;

/** Answers that show the order or its transaction. */
const ROUTES: [method: string, url: string, body?: object][] = [
  ['GET', '/v1/transactions'],
  ['GET', '/v1/transactions?results=reported&sort=results_at'],
  ['GET', TRANSACTION],
  ['GET', `${TRANSACTION}?explain=true`],
  ['GET', `/v1/users/${USER}/transactions`],
  ['GET', `/v1/orders/${orderId(1)}`],
  ['GET', `/v1/search?q=${orderId(1)}`],
  ['PUT', `/v1/orders/${orderId(1)}`, { order_transaction_id: transactionId(1) }],
  ['PUT', `${TRANSACTION}/assignment`, { assignee: 'olivia' }],
  ['DELETE', `${TRANSACTION}/assignment`],
];

const asked = async ([method, url, body]: (typeof ROUTES)[number], scopes: string, claim = 'scope') => {
  const caller = api.as({ claims: { sub: 'x', client_id: 'x', [claim]: scopes } });
  const { status, text } = await caller.ask(method, url, body && { body });
  expect(status).toBe(200);
  return text;
};

describe.each(ROUTES)('%s %s', (...route) => {
  test('shows the interpretation with results/read only', async () => {
    expect(await asked(route, 'transactions/read redraws/write results/read')).toContain(
      '"interpretation":"abnormal"',
    );
    const without = await asked(route, 'transactions/read redraws/write orders/write');
    expect(without).toContain('"interpretation":null');
    expect(without).not.toContain('abnormal');
  });
});

test('the scopes of an issuer that has a list of them in scp count', async () => {
  const route = ROUTES[2] as (typeof ROUTES)[number];
  expect(await asked(route, '[transactions/read results/read]', 'scp')).toContain('"abnormal"');
  expect(await asked(route, '[transactions/read results/reads]', 'scp')).not.toContain('"abnormal"');
});
