import * as z from 'zod';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import type { Measured } from './embedded-metrics.ts';
import type { MetricStore, Statistics } from './metric-store.ts';

const STATISTICS = {
  Sum: ({ sum }: Statistics) => sum,
  Average: ({ sum, count }: Statistics) => sum / count,
  Minimum: ({ least }: Statistics) => least,
  Maximum: ({ most }: Statistics) => most,
  SampleCount: ({ count }: Statistics) => count,
};

const wholeMinutes = 'whole minutes, as metrics are kept by the minute here';

const query = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/),
  Label: z.string().optional(),
  MetricStat: z.strictObject({
    Metric: z.strictObject({
      Namespace: z.string().min(1),
      MetricName: z.string().min(1),
      Dimensions: z
        .array(z.strictObject({ Name: z.string(), Value: z.string() }))
        .max(30)
        .default([]),
    }),
    Period: z.int().positive().multipleOf(60, wholeMinutes),
    Stat: z.enum(Object.keys(STATISTICS) as (keyof typeof STATISTICS)[]),
  }),
});

/** What of it is not served (expressions, percentiles, units, other accounts, pages) has no place here: it is refused. */
const request = z.strictObject({
  MetricDataQueries: z.array(query).min(1).max(500),
  /** Seconds since the epoch. */
  StartTime: z.int(),
  EndTime: z.int(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
});

/** What one answer may hold; CloudWatch would go on with another page. */
const MOST_DATAPOINTS = 100_800;

/** What Lambda measures of a function that reads a stream: how old the last record of an invocation was (ms). */
export function iteratorAge({ physicalName }: FunctionDefinition, age: number): Measured {
  const dimensions = { FunctionName: physicalName };
  return {
    namespace: 'AWS/Lambda',
    name: 'IteratorAge',
    dimensions,
    values: [Math.max(0, age)],
    at: Date.now(),
  };
}

/** CloudWatch, as far as functions read metrics from it. */
export function cloudWatch(store: MetricStore): Record<string, Operation> {
  function getMetricData(input: Record<string, unknown>) {
    const { MetricDataQueries: queries, StartTime: from, EndTime: to, ScanBy } = requestOf(input);
    return {
      MetricDataResults: queries.map(({ Id, Label, MetricStat: { Metric, Period: period, Stat } }) => {
        const { Namespace: namespace, MetricName: name, Dimensions } = Metric;
        const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
        const periods = store.read({ namespace, name, dimensions }, { from, to, period });
        if (ScanBy === 'TimestampDescending') periods.reverse();
        return {
          Id,
          Label: Label ?? name,
          Timestamps: periods.map(({ start }) => start),
          Values: periods.map(STATISTICS[Stat]),
          StatusCode: 'Complete',
        };
      }),
      Messages: [],
    };
  }

  return { 'GraniteServiceVersion20100801.GetMetricData': getMetricData };
}

function requestOf(input: unknown): z.output<typeof request> {
  const { data, error } = request.safeParse(input);
  if (!data) throw refusal(z.prettifyError(error));
  const { MetricDataQueries: queries, StartTime: from, EndTime: to } = data;
  if (from >= to) throw refusal('The parameter StartTime must be less than the parameter EndTime.');
  if (new Set(queries.map(({ Id }) => Id)).size < queries.length) throw refusal('Every Id must be unique.');
  const periods = queries.map(({ MetricStat }) => MetricStat.Period);
  // Where CloudWatch lets periods begin otherwise, is not said anywhere.
  if (periods.some((period) => from % period !== 0)) {
    throw refusal('The local run answers only where StartTime is a multiple of every Period.');
  }
  const datapoints = periods.reduce((sum, period) => sum + Math.ceil((to - from) / period), 0);
  if (datapoints > MOST_DATAPOINTS) {
    throw refusal(`The local run answers no more than ${MOST_DATAPOINTS} datapoints at once.`);
  }
  return data;
}

const refusal = (message: string) => new ServiceFault('InvalidParameterValueException', message);
