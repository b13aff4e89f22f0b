import { pascalCase } from '../../configuration/pascal-case.ts';
import type { ServiceFunction } from '../../functions/service-function.ts';
import { fiveMinutes } from '../metrics.ts';
import type { Alarms } from './alarms.ts';

/** Alarms that every function has. */
export function addFunctionAlarms(alarms: Alarms, functions: readonly ServiceFunction[]): void {
  for (const { name, lambda } of functions) {
    alarms.add(`${pascalCase(name)}Throttles`, {
      metric: lambda.metricThrottles({ period: fiveMinutes }),
      threshold: 1,
      meaning: `Lambda throttled the ${name} function, because it or the account reached its limit of concurrent executions. Its work is delayed or refused, and its callers retry.`,
      runbook: 'function-throttles',
    });
  }
}
