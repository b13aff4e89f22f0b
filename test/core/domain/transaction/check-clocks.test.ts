import { expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { checkTime, oneMoreUnanswered } from '../../../../core/domain/transaction/check-clocks.ts';
import type { Transaction } from '../../../../core/domain/transaction/transaction.ts';
import { CLOCKS } from '../../../clocks.ts';
import { at, brings, event, transactionFrom } from '../order-records.ts';

const DAY = 86_400_000;
const open = transactionFrom(brings(1, { events: [event(10, 'received.walk_in_test.ordered')] }));
const done = transactionFrom(brings(1, { events: [event(10, 'completed.walk_in_test.completed')] }));
const updated = at(10);

const time = (transaction: Transaction, stale: string | null = null, checked: string | null = null) =>
  checkTime(transaction, stale, checked, CLOCKS);

test('a check is not planned for a transaction that is over and agreed, or that has no time', () => {
  expect(time(done)).toBeNull();
  expect(time({ ...open, updated_at: null })).toBeNull();
  expect(time({ ...open, updated_at: null, diverges: true, awaited_since: at(1) })).toBeNull();
});

test('a check is planned for an active transaction after a period of silence since its last change or check', () => {
  expect(time(open)).toBe(later(updated, CLOCKS.silent));
  expect(time(open, null, at(20))).toBe(later(at(20), CLOCKS.silent));
  expect(time(open, null, at(5))).toBe(later(updated, CLOCKS.silent));
});

test('a check is planned for a diverging transaction after a short time, then daily until it changes', () => {
  const diverging = { ...done, diverges: true };
  expect(time(diverging)).toBe(later(updated, CLOCKS.diverging));
  expect(time(diverging, null, at(5))).toBe(later(updated, CLOCKS.diverging));
  expect(time(diverging, null, updated)).toBe(later(updated, DAY));
  expect(time(diverging, null, at(20))).toBe(later(at(20), DAY));
});

test('a check is planned for a stale redraw daily, from its flag or from the last check', () => {
  expect(time(done, at(30))).toBe(later(at(30), DAY));
  expect(time(done, at(30), at(20))).toBe(later(at(30), DAY));
  expect(time(done, at(30), at(40))).toBe(later(at(40), DAY));
});

test('a check is planned for missing markers at once, then daily', () => {
  const wanting = { ...done, markers_wanted_of: 'o' };
  expect(time(wanting)).toBe(updated);
  expect(time(wanting, null, at(5))).toBe(updated);
  expect(time(wanting, null, at(20))).toBe(later(at(20), DAY));
});

test('a check is planned for an order never reported after the clock for a redraw without an order, then daily', () => {
  const awaiting = { ...done, awaited_since: at(2) };
  const first = later(at(2), CLOCKS.noOrder);
  expect(time(awaiting)).toBe(first);
  expect(time(awaiting, null, at(3))).toBe(first);
  expect(time(awaiting, null, first)).toBe(later(first, DAY));
  expect(time(awaiting, null, later(first, 5))).toBe(later(first, 5 + DAY));
});

test('a check is planned for the earliest of several reasons', () => {
  expect(time({ ...open, diverges: true }, at(30))).toBe(later(updated, CLOCKS.diverging));
});

test('a check is repeated after a pause that starts at the clock for divergence and doubles up to a day', () => {
  const minutes: number[] = [];
  let unanswered: ReturnType<typeof oneMoreUnanswered> | null = null;
  for (let count = 1; count <= 10; count += 1) {
    unanswered = oneMoreUnanswered(unanswered, updated, CLOCKS);
    expect(unanswered).toMatchObject({ count, since: updated });
    minutes.push((Date.parse(unanswered.retry_at) - Date.parse(updated)) / 60_000);
  }
  expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1_440, 1_440, 1_440]);
  expect(oneMoreUnanswered({ count: 5_000, retry_at: updated }, updated, CLOCKS).retry_at).toBe(
    later(updated, DAY),
  );
  expect(oneMoreUnanswered({ count: 1, since: at(1), retry_at: updated }, updated, CLOCKS).since).toBe(at(1));
  expect(oneMoreUnanswered(null, updated, { diverging: 3 * DAY }).retry_at).toBe(later(updated, DAY));
});
