import { expect, test } from 'vitest';
import { later } from '../../../../core/domain/instant.ts';
import { checkTime, oneMoreUnanswered } from '../../../../core/domain/transaction/checks.ts';
import type { Transaction } from '../../../../core/domain/transaction/transaction.ts';
import { at, brings, CLOCKS, event, transactionFrom } from '../order-records.ts';

const DAY = 86_400_000;
const open = transactionFrom(brings(1, { events: [event(10, 'received.walk_in_test.ordered')] }));
const done = transactionFrom(brings(1, { events: [event(10, 'completed.walk_in_test.completed')] }));
const updated = at(10);

const time = (transaction: Transaction, stale: string | null = null, checked: string | null = null) =>
  checkTime(transaction, stale, checked, CLOCKS);

test('of what is over and agreed on nothing is asked, nor of what has no time', () => {
  expect(time(done)).toBeNull();
  expect(time({ ...open, updated_at: null })).toBeNull();
  expect(time({ ...open, updated_at: null, diverges: true, awaited_since: at(1) })).toBeNull();
});

test('of an active one after so much silence, counted from the last time it was asked about', () => {
  expect(time(open)).toBe(later(updated, CLOCKS.silent));
  expect(time(open, null, at(20))).toBe(later(at(20), CLOCKS.silent));
  expect(time(open, null, at(5))).toBe(later(updated, CLOCKS.silent));
});

test('of one that diverges soon, and then daily, until it moves', () => {
  const diverging = { ...done, diverges: true };
  expect(time(diverging)).toBe(later(updated, CLOCKS.diverging));
  expect(time(diverging, null, at(5))).toBe(later(updated, CLOCKS.diverging));
  expect(time(diverging, null, updated)).toBe(later(updated, DAY));
  expect(time(diverging, null, at(20))).toBe(later(at(20), DAY));
});

test('of a stale redraw daily, from its flag or from the last time', () => {
  expect(time(done, at(30))).toBe(later(at(30), DAY));
  expect(time(done, at(30), at(20))).toBe(later(at(30), DAY));
  expect(time(done, at(30), at(40))).toBe(later(at(40), DAY));
});

test('of missing markers at once, and then daily', () => {
  const wanting = { ...done, markers_wanted_of: 'o' };
  expect(time(wanting)).toBe(updated);
  expect(time(wanting, null, at(5))).toBe(updated);
  expect(time(wanting, null, at(20))).toBe(later(at(20), DAY));
});

test('of an order never heard of after the clock for a redraw without an order, and then daily', () => {
  const awaiting = { ...done, awaited_since: at(2) };
  const first = later(at(2), CLOCKS.noOrder);
  expect(time(awaiting)).toBe(first);
  expect(time(awaiting, null, at(3))).toBe(first);
  expect(time(awaiting, null, first)).toBe(later(first, DAY));
  expect(time(awaiting, null, later(first, 5))).toBe(later(first, 5 + DAY));
});

test('of several reasons the earliest', () => {
  expect(time({ ...open, diverges: true }, at(30))).toBe(later(updated, CLOCKS.diverging));
});

test('the time to the next attempt doubles from the clock of what diverges, and is a day at most', () => {
  const minutes: number[] = [];
  let unanswered: ReturnType<typeof oneMoreUnanswered> | null = null;
  for (let count = 1; count <= 10; count += 1) {
    unanswered = oneMoreUnanswered(unanswered, updated, CLOCKS);
    expect(unanswered.count).toBe(count);
    minutes.push((Date.parse(unanswered.retry_at) - Date.parse(updated)) / 60_000);
  }
  expect(minutes).toEqual([15, 30, 60, 120, 240, 480, 960, 1_440, 1_440, 1_440]);
  expect(oneMoreUnanswered({ count: 5_000, retry_at: updated }, updated, CLOCKS).retry_at).toBe(
    later(updated, DAY),
  );
  expect(oneMoreUnanswered(null, updated, { diverging: 3 * DAY }).retry_at).toBe(later(updated, DAY));
});
