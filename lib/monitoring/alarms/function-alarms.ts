import type { ServiceFunction } from '../../functions/service-function.ts';
import { fiveMinutes, sum } from '../../metrics/metrics.ts';
import type { Alarms } from './alarms.ts';

/** The functions by whom they keep waiting when they are throttled. */
export interface WaitingFor {
  /** Between Junction's webhook and its events. */
  readonly intake: readonly ServiceFunction[];
  /** Those that a person or a program waits for. */
  readonly answers: readonly ServiceFunction[];
  /** The others: what runs on a schedule, on an event or by hand. */
  readonly jobs: readonly ServiceFunction[];
}

/**
 * Alarms on throttles of every function: one for each effect. An alarm takes ten metrics at most.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
export function addFunctionAlarms(alarms: Alarms, { intake, answers, jobs }: WaitingFor): void {
  addThrottles(alarms, 'Intake', intake, 'Webhooks are refused or processed late. They are retried.');
  addThrottles(alarms, 'Api', answers, 'People or programs got no answer, or could not sign in.');
  addThrottles(
    alarms,
    'Job',
    jobs,
    'Reviews, emails, messages, sweeps or redrives are late. They are retried, at most until the next run is due.',
  );
}

function addThrottles(
  alarms: Alarms,
  id: string,
  functions: readonly ServiceFunction[],
  effect: string,
): void {
  alarms.add(`${id}Throttles`, {
    metric: sum(
      'throttles',
      functions.map(({ lambda }) => lambda.metricThrottles({ period: fiveMinutes })),
      `Throttles: ${id}`,
    ),
    threshold: 1,
    meaning: `Lambda throttled a function, because it or the account reached its limit of concurrent executions: ${inWords(functions.map(({ name }) => name))}. ${effect}`,
    runbook: 'function-throttles',
  });
}

/** One of several names: "query, people or results". */
export function inWords(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}
