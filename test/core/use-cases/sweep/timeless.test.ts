/** A redraw without any time is visible: it counts from its first report. */
import { expect, test } from 'vitest';
import { byDueTime, listTransactions } from '../../../../core/store/transactions/transaction-lists.ts';
import {
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { Tracker } from './scene/tracker.ts';

const HEARD = march(5, '10:00:00');
const AN_HOUR_LATER = march(5, '11:00:00');

const body = walkIn(1, [], {
  created_at: null,
  updated_at: null,
  order_transaction: transaction(1, 'active', [listed(1, 'redraw_available', null, { created_at: null })]),
});

test('it is on the worklist at once, and flagged when its clock has run out', async () => {
  const tracker = new Tracker();
  await tracker.deliver(body, HEARD);
  const worklist = await listTransactions(tracker.memory, byDueTime('open'), { limit: 10, after: null });
  expect(worklist.transactions).toMatchObject([
    {
      id: transactionId(1),
      orders: [{ id: orderId(1), low_level_status_created_at: null, created_at: null }],
      redraw: { state: 'expected', available_at: null, due_at: AN_HOUR_LATER },
    },
  ]);
  expect(await tracker.sweep(march(5, '10:59:59'))).toMatchObject({ due: 0, flagged: 0 });
  expect(await tracker.sweep(AN_HOUR_LATER)).toMatchObject({ due: 1, flagged: 1 });
});
