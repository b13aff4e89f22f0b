import type { SummaryHistory } from '../../../core/api/history/answer.ts';

const HOUR = 3_600_000;
const PERIOD = 6 * HOUR;
const FROM = Date.UTC(2026, 1, 25, 12);
const PERIODS = 52;

const instantOf = (time: number) => new Date(time).toISOString().replace('Z', '000Z');

/** The values of a stack that was deployed three periods ago. */
const since = <Value>(...values: Value[]): (Value | null)[] => [
  ...Array.from({ length: PERIODS - values.length }, () => null),
  ...values,
];

/** A history of 13 days, because a shorter one has more periods. */
export const historyExample: SummaryHistory = {
  from: instantOf(FROM),
  to: instantOf(FROM + PERIODS * PERIOD),
  period_seconds: PERIOD / 1_000,
  times: Array.from({ length: PERIODS }, (_, index) => instantOf(FROM + index * PERIOD)),
  webhooks: [
    { outcome: 'applied', counts: since(412, 96, 238) },
    { outcome: 'merged', counts: since(9, 1, 4) },
    { outcome: 'superseded', counts: since(17, 3, 6) },
    { outcome: 'duplicate', counts: since(31, 8, 12) },
    { outcome: 'ignored', counts: since(5, null, 2) },
    { outcome: 'quarantined', counts: since(1) },
    { outcome: 'refused', counts: since() },
    { outcome: 'failed', counts: since() },
  ],
  redraws: { open: since(14, 12, 13), stale: since(3, 3, 2) },
  projection_lag_seconds: since(0.412, 0.387, 0.398),
};
