import { expect, test } from 'vitest';
import { reportedStatus } from '../../../../core/domain/members/reported-status.ts';
import { ordersOf } from '../../../../core/domain/members/transaction-orders.ts';
import { at, brings, event, orderId, STATUS_OF_CLASS } from '../order-records.ts';

test('Junction’s report lists the orders with facts that it does not cover', () => {
  const report = { status: 'completed', orders: { [orderId(1)]: at(1), [orderId(2)]: at(1) } };
  const contributions = {
    ...brings(1, { events: [event(1, STATUS_OF_CLASS.C)], snapshot: { report } }),
    // One has moved on since, and one was not listed.
    ...brings(2, { events: [event(2, STATUS_OF_CLASS.C)] }),
    ...brings(3, { events: [event(1, STATUS_OF_CLASS.C)] }),
  };
  expect(reportedStatus(contributions, ordersOf(contributions))).toMatchObject({
    status: 'completed',
    covers: false,
    asOf: at(1),
    reportedBy: orderId(1),
    unaware: [orderId(2), orderId(3)],
  });
});
