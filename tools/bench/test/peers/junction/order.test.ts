/** The merge that the peers with a read before their write share. */
import { expect, test } from 'vitest';
import { journey } from '../../../../sandbox/journeys/journeys.ts';
import { merge, type Order, readOrder } from '../../../peers/junction/order.ts';

const { snapshots } = journey('walk_in_completed', 1, { spelling: 'documented' });
const orders = snapshots.flatMap(({ payload }) => readOrder(JSON.stringify(payload)) ?? []);
const [first, last] = [orders[0], orders.at(-1)] as [Order, Order];

test('a late payload takes nothing away', () => {
  expect(first.events.length).toBeLessThan(last.events.length);
  expect(merge(last, first)).toEqual(last);
  expect(merge(first, last)).toEqual(last);
});

test('an event that only the older payload has is kept, and the newest one decides the status', () => {
  const withdrawn = { ...last, events: first.events, status: first.status, status_at: first.status_at };
  expect(merge(last, withdrawn).status).toBe('completed');
});
