/** Whether the results of an order are normal is health information: only callers who may open results see it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../core/audit/audit-entry.ts';
import {
  event,
  march,
  orderId,
  transaction,
  transactionId,
  USER,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
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

const claimsOf = (scopes: string, claim = 'scope') => ({ sub: 'x', client_id: 'x', [claim]: scopes });
const asked = async ([method, url, body]: (typeof ROUTES)[number], scopes: string, claim = 'scope') => {
  const caller = api.as({ claims: claimsOf(scopes, claim) });
  const { status, text } = await caller.ask(method, url, body && { body });
  expect(status).toBe(200);
  return { text, read: caller.audited.filter(({ action }) => action.endsWith('.read')) };
};

describe.each(ROUTES)('%s %s', (...route) => {
  const [method, url, body] = route;
  const all = 'transactions/read redraws/write results/read';

  test('shows the interpretation with results/read only, with an entry in the audit trail', async () => {
    const { text, read } = await asked(route, all);
    expect(text).toContain('"interpretation":"abnormal"');
    expect(read).toMatchObject([
      { action: 'result_summary.read', transaction_id: transactionId(1), order_id: orderId(1), subject: 'x' },
    ]);
    const without = await asked(route, 'transactions/read redraws/write orders/write');
    expect(without.text).toContain('"interpretation":null');
    expect([without.text.includes('abnormal'), without.read]).toEqual([false, []]);
  });

  test('shows nothing without the entry', async () => {
    const write = async (entries: readonly AuditEntry[]) => {
      if (entries.some(({ action }) => action === 'result_summary.read')) throw new Error('no');
    };
    const deaf = api.as({ claims: claimsOf(all), trail: { write } });
    const { status, text } = await deaf.ask(method, url, body && { body });
    expect([status, text]).toEqual([503, expect.not.stringContaining('abnormal')]);
  });
});

test('the scopes of an issuer that has a list of them in scp count', async () => {
  const route = ROUTES[2] as (typeof ROUTES)[number];
  const shows = async (scopes: string) => (await asked(route, scopes, 'scp')).text.includes('"abnormal"');
  expect(await shows('[transactions/read results/read]')).toBe(true);
  expect(await shows('[transactions/read results/reads]')).toBe(false);
});
