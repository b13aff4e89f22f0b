/** The time range of a history, in periods of equal length. */
export interface Span {
  readonly period_seconds: number;
  /** The starts of the periods, ascending, in seconds since 1970. */
  readonly starts: readonly number[];
  /** The end of the last period, which is in the future. */
  readonly end: number;
}

const DAY = 86_400;
/** Period lengths (s). Each divides a day, so that periods do not depend on the time of the request. CloudWatch keeps 30 days of each. */
const PERIODS = [300, 900, 3_600, 21_600];
/** A chart cannot show more. */
const MAX_PERIODS = 300;

/** The last days including the current period, in the shortest periods that stay within the maximum. */
export function spanOf(days: number, now: Date): Span {
  const period_seconds = PERIODS.find((period) => (days * DAY) / period <= MAX_PERIODS) ?? DAY;
  const current = Math.floor(now.getTime() / 1_000 / period_seconds);
  const periods = (days * DAY) / period_seconds;
  return {
    period_seconds,
    starts: Array.from({ length: periods }, (_, index) => (current + 1 - periods + index) * period_seconds),
    end: (current + 1) * period_seconds,
  };
}
