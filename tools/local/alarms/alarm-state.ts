import type { MetricStore, Statistics } from '../metrics/metric-store.ts';
import type { AlarmDefinition } from './alarm-definition.ts';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export interface Evaluation {
  /** undefined if there is not enough data to change the state. */
  state: AlarmState | undefined;
  /** As the mail and DescribeAlarms say it. */
  reason: string;
}

const MINUTE_S = 60;

/**
 * Evaluates an alarm over its last periods, the last of which ends with the last full minute.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 *
 * CloudWatch also looks at a few periods before these, and so keeps an alarm a little longer.
 *
 * @param now seconds since the epoch
 */
export function evaluate(
  alarm: AlarmDefinition,
  metrics: Pick<MetricStore, 'read'>,
  now: number,
): Evaluation {
  const values = valuesOfPeriods(alarm, metrics, now);
  const isBreaching = (value: number) =>
    alarm.whenBelow ? value < alarm.threshold : value >= alarm.threshold;
  const known = values.filter((value) => value !== undefined);
  const reason = reasonFor(alarm, known);
  if (known.some((value) => !isBreaching(value))) return { state: 'OK', reason };
  if (known.length === values.length) return { state: 'ALARM', reason };
  if (alarm.withoutData === 'ignore') return { state: undefined, reason };
  return { state: alarm.withoutData === 'breaching' ? 'ALARM' : 'OK', reason };
}

/** Of each period, undefined without data; the last one first. */
function valuesOfPeriods(
  { metrics, statistic, periods, periodMinutes }: AlarmDefinition,
  store: Pick<MetricStore, 'read'>,
  now: number,
): (number | undefined)[] {
  const end = Math.floor(now / MINUTE_S) * MINUTE_S;
  const length = periodMinutes * MINUTE_S;
  const from = end - periods * length;
  const minutes = metrics.flatMap((metric) => store.read(metric, { from, to: end, period: MINUTE_S }));
  return Array.from({ length: periods }, (_, index) => {
    const to = end - index * length;
    const within = minutes.filter(({ start }) => start >= to - length && start < to);
    return within.length === 0 ? undefined : statisticOf(statistic, within);
  });
}

function statisticOf(statistic: AlarmDefinition['statistic'], minutes: readonly Statistics[]): number {
  const sum = minutes.reduce((total, minute) => total + minute.sum, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'Average':
      return sum / minutes.reduce((total, { count }) => total + count, 0);
    case 'Maximum':
      return Math.max(...minutes.map(({ maximum }) => maximum));
  }
}

function reasonFor(
  { periods, periodMinutes, threshold, whenBelow }: AlarmDefinition,
  known: number[],
): string {
  const data = known.length === 0 ? 'no data' : known.join(', ');
  const limit = `${whenBelow ? 'below' : 'at least'} ${threshold}`;
  return `Threshold Crossed: ${data} in the last ${periods} period(s) of ${periodMinutes} minute(s); the alarm is on if all are ${limit}`;
}
