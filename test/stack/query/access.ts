/** The access to each route. */
import { describe, expect, test } from 'vitest';
import { peopleScopes, routeScopes } from '../../../core/http/route-scopes.ts';
import { orderId } from '../../../tools/verification/oracle/bodies.ts';
import { call } from '../http-call.ts';
import { ALL_SCOPES, QueryClient, token } from './calls.ts';
import { ACKNOWLEDGEMENT, client, NOBODY, REDRAW, stack } from './scene.ts';

/** The routes, how to call each, and the required scope. */
const ROUTES: [method: string, path: string, scope: string][] = [
  ['GET', '/v1/transactions', 'transactions/read'],
  ['GET', `/v1/transactions/${REDRAW}`, 'transactions/read'],
  ['GET', `/v1/orders/${orderId(1)}`, 'transactions/read'],
  ['GET', '/v1/redraws', 'transactions/read'],
  ['GET', '/v1/users/somebody/transactions', 'transactions/read'],
  ['GET', '/v1/search?q=x', 'transactions/read'],
  ['GET', `/v3/order_transaction/${REDRAW}`, 'transactions/read'],
  ['GET', '/v1/changes', 'transactions/read'],
  ['GET', '/v1/summary', 'transactions/read'],
  ['GET', '/v1/junction/notices', 'transactions/read'],
  ['GET', '/v1/summary/history', 'transactions/read'],
  ['GET', '/v1/insights', 'transactions/read'],
  ['GET', '/v1/alarms', 'transactions/read'],
  ['PUT', `/v1/orders/${NOBODY}`, 'orders/write'],
  ['PUT', ACKNOWLEDGEMENT(REDRAW), 'redraws/write'],
  ['DELETE', `${ACKNOWLEDGEMENT(REDRAW)}?by=`, 'redraws/write'],
  ['POST', '/v1/redraws/acknowledgements', 'redraws/write'],
  ['POST', '/v1/redraws/withdrawals', 'redraws/write'],
  ['PUT', `/v1/transactions/${REDRAW}/assignment`, 'redraws/write'],
  ['DELETE', `/v1/transactions/${REDRAW}/assignment`, 'redraws/write'],
  ['PUT', `/v1/transactions/${NOBODY}/review`, 'results/read'],
  ['DELETE', `/v1/transactions/${NOBODY}/review`, 'results/read'],
  ['GET', `/v1/transactions/${REDRAW}/notes`, 'transactions/read'],
  ['POST', `/v1/transactions/${REDRAW}/notes`, 'redraws/write'],
  ['GET', `/v1/transactions/${REDRAW}/results`, 'results/read'],
  ['GET', `/v1/transactions/${REDRAW}/results.pdf`, 'results/read'],
  ['GET', `/v1/orders/${orderId(1)}/results`, 'results/read'],
  ['GET', `/v1/orders/${orderId(1)}/results.pdf`, 'results/read'],
  ['GET', `/v1/orders/${orderId(1)}/requisition.pdf`, 'results/read'],
  ['GET', `/v1/transactions/${REDRAW}/patient`, 'results/read'],
  ['GET', '/v1/orders?state=stalled', 'transactions/read'],
  ['PUT', `/v1/orders/${NOBODY}/acknowledgement`, 'redraws/write'],
  ['DELETE', `/v1/orders/${NOBODY}/acknowledgement?by=x`, 'redraws/write'],
  ['GET', '/v1/views', 'transactions/read'],
  ['PUT', `/v1/views/${NOBODY}`, 'redraws/write'],
  ['DELETE', `/v1/views/${NOBODY}`, 'redraws/write'],
  ['GET', '/v1/critical-results', 'results/read'],
  ['PUT', `/v1/orders/${NOBODY}/critical-result/acknowledgement`, 'results/read'],
  ['GET', '/v1/people', 'redraws/write'],
  ['GET', '/v1/match-reviews', 'transactions/read'],
  ['GET', '/v1/match-reviews/mr', 'transactions/read'],
  ['POST', `/v1/transactions/${REDRAW}/reconcile`, 'transactions/reconcile'],
  ['POST', `/v1/orders/${NOBODY}/discard`, 'maintain/write'],
  ['POST', `/v1/transactions/${NOBODY}/discard`, 'maintain/write'],
  ['POST', '/v1/match-reviews/mr/discard', 'maintain/write'],
  ['GET', '/v1/quarantine', 'quarantine/write'],
  ['POST', `/v1/quarantine/${'0'.repeat(40)}/replay`, 'quarantine/write'],
  ['POST', '/v1/quarantine/replays', 'quarantine/write'],
  ['PUT', `/v1/quarantine/${'0'.repeat(40)}/dismissal`, 'quarantine/write'],
];

export function access(): void {
  test('is checked for every route that needs a token', () => {
    expect(ROUTES.map(([, , scope]) => scope).sort()).toEqual(
      Object.values({ ...routeScopes, ...peopleScopes })
        .filter((scope) => scope !== null)
        .sort(),
    );
  });

  describe.each(ROUTES)('%s %s', (method, path, scope) => {
    test('401 without a valid token', async () => {
      const right = await token(stack.url);
      const [head, claims, signature = ''] = right.split('.');
      const forged = Buffer.from('{"scope":"transactions/read redraws/write"}').toString('base64url');
      const wrong = [
        undefined,
        '',
        'Bearer',
        'Bearer x',
        `Bearer ${head}.${claims}.${signature.slice(0, -4)}AAAA`,
        `Bearer ${head}.${forged}.${signature}`,
        `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`,
        `Basic ${Buffer.from('local:local').toString('base64')}`,
      ];
      for (const authorization of wrong) {
        const headers = authorization === undefined ? {} : { authorization };
        const { status, json } = await call(stack.url + path, { method, headers });
        expect([authorization, status, json]).toEqual([authorization, 401, { message: 'Unauthorized' }]);
      }
    });

    test(`403 without the scope ${scope}`, async () => {
      const others = ALL_SCOPES.split(' ').filter((other) => other !== scope);
      const poor = new QueryClient(stack.url, await token(stack.url, others.join(' ')));
      const { status, json } = await poor.ask(path, { method, body: '{"by":"ops"}' });
      expect([status, json]).toEqual([403, { message: 'Forbidden' }]);
      const rich = new QueryClient(stack.url, await token(stack.url, scope));
      expect((await rich.ask(path, { method, body: '{}' })).status).not.toBe(403);
    });
  });

  test('a program gets a token for the scopes of its own client, and may do what they allow', async () => {
    const ask = (scope: string) =>
      call(`${stack.url}/oauth2/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: 'backend',
          client_secret: 'local',
          ...(scope !== '' && { scope }),
        }).toString(),
      });
    expect((await ask('results/read')).json).toEqual({ error: 'invalid_scope' });
    expect((await ask('transactions/read redraws/write')).json).toEqual({ error: 'invalid_scope' });
    const { access_token } = (await ask('')).json as { access_token: string };
    const backend = new QueryClient(stack.url, access_token);
    expect((await backend.ask(`/v1/transactions/${REDRAW}`)).status).toBe(200);
    expect((await backend.ask(`/v1/transactions/${REDRAW}/results`)).status).toBe(403);
    expect((await backend.ask(ACKNOWLEDGEMENT(REDRAW), { method: 'PUT', body: '{"by":"x"}' })).status).toBe(
      403,
    );
  });

  test('404 for unknown routes', async () => {
    const beside = `/v3/order_transaction/${REDRAW}/result`;
    for (const path of ['/v1/', '/v1/transaction', '/v1/transactions/', '/v1/order', beside]) {
      expect([path, (await client.ask(path)).status]).toEqual([path, 404]);
    }
    for (const method of ['POST', 'DELETE', 'PATCH', 'PUT']) {
      expect((await client.ask('/v1/transactions', { method })).status).toBe(404);
    }
  });
}
