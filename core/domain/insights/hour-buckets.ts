import type { Hours } from '../order/order-durations.ts';

/**
 * The upper ends of the buckets that durations are counted in (hours, exclusive). A bucket is narrow beside the durations in
 * it: an hour at first, a day up to two weeks, then a tenth to a half of it. Durations of a year or more share the last bucket.
 */
const ENDS: readonly Hours[] = [
  1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 60, 72, 84, 96, 108, 120, 144, 168, 192, 216, 240, 264, 288, 312, 336,
  384, 432, 480, 540, 600, 672, 756, 840, 960, 1_080, 1_260, 1_440, 1_800, 2_160, 2_880, 4_320, 8_760,
];

const HOURS_PER_DAY = 24;

/** How many durations each bucket holds, by the bucket's number. */
export type Histogram = ReadonlyMap<number, number>;

/** The number of the bucket that counts a duration. */
export function bucketOfHours(hours: Hours): number {
  const bucket = ENDS.findIndex((end) => hours < end);
  return bucket === -1 ? ENDS.length : bucket;
}

/**
 * The quantile of the counted durations, in days with one decimal. Within a bucket, durations are assumed to be
 * evenly spread. Null if there are none.
 */
export function quantileDays(histogram: Histogram, share: number): number | null {
  const buckets = [...histogram].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const wanted = totalOf(histogram) * share;
  let below = 0;
  for (const [bucket, count] of buckets) {
    if (below + count >= wanted) return days(bucket, (wanted - below) / count);
    below += count;
  }
  return null;
}

export function totalOf(histogram: Histogram): number {
  return [...histogram.values()].reduce((sum, count) => sum + Math.max(0, count), 0);
}

function days(bucket: number, part: number): number {
  const start = ENDS[bucket - 1] ?? 0;
  const end = ENDS[bucket] ?? start;
  return Math.round(((start + (end - start) * part) / HOURS_PER_DAY) * 10) / 10;
}
