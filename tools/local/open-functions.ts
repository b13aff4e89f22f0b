import type { MetricStore } from './metrics/metric-store.ts';
import { invocationMetric } from './metrics/service-metrics.ts';
import { type FunctionDefinition, functionEnvironment } from './runtime/function-definition.ts';
import type { FunctionLogs } from './runtime/function-logs.ts';
import { type LocalFunction, localFunction } from './runtime/functions.ts';

interface FunctionsOptions {
  /** Service → URL, as for `functionEnvironment`. */
  endpoints: Record<string, string>;
  /** Variable → value on this machine, instead of the one in the template. */
  overrides: Record<string, string>;
  /** What moves the clock of the functions; undefined if nothing does. */
  clock: SharedArrayBuffer | undefined;
  logs: FunctionLogs;
  metrics: Pick<MetricStore, 'record'>;
}

/** The template's functions, with their logs and the metrics of Lambda. */
export function openFunctions(
  definitions: readonly FunctionDefinition[],
  { endpoints, overrides, clock, logs, metrics }: FunctionsOptions,
): LocalFunction[] {
  return definitions.map((definition) =>
    localFunction(definition, {
      clock,
      environment: functionEnvironment(definition, endpoints, overrides),
      onOutput: ({ name }, output) => logs.attach(name, output),
      onFailure: (failed, { errorType, errorMessage }) => {
        metrics.record(invocationMetric('Errors', failed));
        logs.show(failed.name, 'FAILED', `${errorType}: ${errorMessage}`);
      },
      onThrottled: (throttled) => metrics.record(invocationMetric('Throttles', throttled)),
    }),
  );
}
