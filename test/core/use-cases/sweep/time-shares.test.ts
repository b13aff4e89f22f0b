/** Each part of a sweep has its share of the time, whatever the previous parts used. */
import { expect, test } from 'vitest';
import { timeShares } from '../../../../core/use-cases/sweep/time-shares.ts';

const SECOND = 1_000;

/** An invocation of five minutes, of which 45 seconds are reserved. */
function invocation() {
  const time = { remaining: 300 * SECOND };
  return { time, shares: timeShares(() => time.remaining) };
}

test('a part ends at its share, and its requests soon after', () => {
  const { time, shares } = invocation();
  const half = shares(0.5);
  time.remaining = 172.501 * SECOND;
  expect(half.hasTime()).toBe(true);
  time.remaining = 172.5 * SECOND;
  expect(half.hasTime()).toBe(false);
  expect(half.forRequests()).toBe(15 * SECOND);
});

test('a part that uses all its time leaves the next one its share', () => {
  const { time, shares } = invocation();
  time.remaining = 172.5 * SECOND;
  expect(shares(0.75).forRequests()).toBe(63.75 * SECOND + 15 * SECOND);
  time.remaining = 108.75 * SECOND;
  expect(shares(0.75).hasTime()).toBe(false);
  expect(shares(1).hasTime()).toBe(true);
});

test('the next parts get the time that a part does not use', () => {
  const { shares } = invocation();
  expect(shares(1).forRequests()).toBe(255 * SECOND + 15 * SECOND);
});

test('requests of the last part end before the invocation', () => {
  const { time, shares } = invocation();
  const last = shares(1);
  expect(last.forRequests()).toBeLessThan(time.remaining);
  time.remaining = 45 * SECOND;
  expect(last.hasTime()).toBe(false);
});
