/** Durations that are counted in buckets, and the quantiles that are read from the counts. */
import { expect, test } from 'vitest';
import { bucketOfHours, quantileDays } from '../../../../core/domain/insights/hour-buckets.ts';

const histogramOf = (hours: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const one of hours) counts.set(bucketOfHours(one), (counts.get(bucketOfHours(one)) ?? 0) + 1);
  return counts;
};

test('a quantile is within a day of the exact one for durations up to two weeks, and within a half above', () => {
  const short = Array.from({ length: 300 }, (_, index) => (index * 7) % 336);
  const long = Array.from({ length: 300 }, (_, index) => 336 + ((index * 53) % 5_000));
  for (const hours of [short, long, [...short, ...long]]) {
    const sorted = hours.toSorted((a, b) => a - b);
    for (const share of [0.5, 0.9]) {
      const exact = (sorted[Math.ceil(sorted.length * share) - 1] ?? 0) / 24;
      const read = quantileDays(histogramOf(hours), share) ?? Number.NaN;
      expect(Math.abs(read - exact)).toBeLessThanOrEqual(exact <= 14 ? 1 : exact / 2);
    }
  }
});

test('what has no duration has no quantile, and counts that were taken back do not matter', () => {
  expect(quantileDays(new Map(), 0.5)).toBeNull();
  expect(quantileDays(new Map([[3, 0]]), 0.9)).toBeNull();
  const days = quantileDays(new Map([...histogramOf([50, 50]), [30, 0]]), 0.9);
  expect(days).toBeGreaterThanOrEqual(2);
  expect(days).toBeLessThanOrEqual(2.5);
});

test('durations longer than a year share the last bucket', () => {
  expect(bucketOfHours(8_760)).toBe(bucketOfHours(1_000_000));
  expect(quantileDays(histogramOf([1_000_000]), 0.5)).toBe(365);
});
