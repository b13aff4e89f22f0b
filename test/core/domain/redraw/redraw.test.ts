import { expect, test } from 'vitest';
import { at, brings, event, orderId, STATUS_OF_CLASS, transactionFrom } from '../order-records.ts';

test('a redraw is no longer expected if Junction reports that the transaction has ended without one', () => {
  const told = (status: string) =>
    transactionFrom(
      brings(1, {
        events: [event(1, STATUS_OF_CLASS.R)],
        snapshot: { origin: 'initial', report: { status, orders: { [orderId(1)]: at(1) } } },
      }),
    );
  expect(told('active')).toMatchObject({
    status: 'active',
    redraw: { state: 'expected', due_at: at(3_601) },
  });
  for (const status of ['completed', 'cancelled']) {
    expect(told(status)).toMatchObject({
      ...{ status, redraw: { state: 'cancelled', order_id: null, stage: null, since: null, due_at: null } },
    });
  }
});
