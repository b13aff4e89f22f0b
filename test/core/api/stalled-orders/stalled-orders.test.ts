/** The second worklist: orders that are not redraws and stall. */
import { expect, onTestFinished, test } from 'vitest';
import { sweepOpenOrders } from '../../../../core/use-cases/sweep/sweep.ts';
import {
  event,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from '../scene/query-api.ts';

const ordered = (n: number, fields = {}) =>
  walkIn(n, [event(n, 'ordered', march(n))], { order_transaction: transaction(n, 'active', []), ...fields });

test('lists stalled orders by due time, counts them, and acknowledges one', async () => {
  const api = await QueryApi.open({ teamId: TEAM });
  onTestFinished(() => api.close());
  // Order 3 is provisional, order 4 that of another team, and order 5 not due.
  const bodies = [
    ordered(2),
    ordered(1),
    ordered(3, { order_transaction: null }),
    ordered(4, { team_id: 'another' }),
    ordered(5),
  ];
  for (const body of bodies) await api.deliver(body);
  const sweeping = { projection: api.projection, apis: new Map(), every: 900_000, hasTime: () => true };
  const report = await sweepOpenOrders({ ...sweeping, onSkip: () => undefined }, march(6));
  expect(report).toMatchObject({ flagged: 4 });

  const list = async (query: string) => (await api.get(`/v1/orders?state=stalled${query}`)).json;
  const ids = ({ orders }: Record<string, unknown>) =>
    (orders as { id: string; order_transaction_id: string | null }[]).map(({ id }) => id);
  const first = await list('&limit=2');
  const second = await list(`&limit=2&cursor=${first.next_cursor}`);
  expect([...ids(first), ...ids(second)]).toEqual([1, 2, 3].map(orderId));
  expect(second.orders).toMatchObject([{ order_transaction_id: null, lab_test: { name: 'Lipids' } }]);
  expect(ids(await list('&order=desc&test=LIPID&lab=Quest'))).toEqual([3, 2, 1].map(orderId));
  expect(ids(await list('&modality=testkit'))).toEqual([]);
  expect((await api.get('/v1/summary')).json).toMatchObject({ stalled_orders: 3 });

  await api.put(`/v1/transactions/${transactionId(2)}/assignment`, { assignee: 'Nurse Kim' });
  expect((await list('&assignee=nurse%20kim')).orders).toMatchObject([
    { id: orderId(2), assignment: { assignee: 'Nurse Kim', follow_up_at: null } },
  ]);
  const unassigned = await list('&assigned=false');
  expect(ids(unassigned)).toEqual([1, 3].map(orderId));
  expect(unassigned.orders).toMatchObject([{ assignment: null }, { assignment: null }]);

  const path = (n: number) => `/v1/orders/${orderId(n)}/acknowledgement`;
  expect((await api.put(path(3), { by: 'nurse' })).json).toMatchObject({ acknowledgement: { by: 'nurse' } });
  expect((await api.get(`/v1/transactions/${orderId(3)}`)).json).toMatchObject({
    open_order: { order_id: orderId(3), acknowledgement: { by: 'nurse' } },
  });
  expect(await api.put(path(3), { by: 'other', replaces: null })).toMatchObject({ status: 409 });
  expect((await api.ask('DELETE', `${path(3)}?by=nurse`)).json).toMatchObject({ acknowledgement: null });
  expect(await api.put(path(5), { by: 'nurse' })).toMatchObject({ status: 409 });
  for (const n of [4, 9]) expect(await api.put(path(n), { by: 'nurse' })).toMatchObject({ status: 404 });
  expect(await api.get('/v1/orders')).toMatchObject({ status: 400 });

  // A redraw is acknowledged by its transaction, and an order without a redraw is not.
  const redraw = `/v1/redraws/${transactionId(1)}/acknowledgement`;
  expect(await api.put(redraw, { by: 'nurse' })).toMatchObject({ status: 409 });
});
