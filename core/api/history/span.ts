/** The time that a history is of, in periods of equal length. */
export interface Span {
  readonly period_seconds: number;
  /** Where the periods begin, ascending, in seconds since the epoch. */
  readonly starts: readonly number[];
  /** Where the last one ends. It is not over yet. */
  readonly end: number;
}

const DAY = 86_400;
/** Each divides a day, so that the same periods are told whenever one asks; CloudWatch keeps all of them for 30 days. */
const PERIODS = [300, 900, 3_600, 21_600];
/** As many as a chart can show. */
const MAX_PERIODS = 300;

/** The days until now, the running period included, in the shortest periods of which there are not too many. */
export function spanOf(days: number, now: Date): Span {
  const period_seconds = PERIODS.find((period) => (days * DAY) / period <= MAX_PERIODS) ?? DAY;
  const running = Math.floor(now.getTime() / 1_000 / period_seconds);
  const periods = (days * DAY) / period_seconds;
  return {
    period_seconds,
    starts: Array.from({ length: periods }, (_, index) => (running + 1 - periods + index) * period_seconds),
    end: (running + 1) * period_seconds,
  };
}
