import * as z from 'zod';
import { type Operation, ServiceFault } from '../services/service-operation.ts';
import type { MetricStore } from './metric-store.ts';

const STATISTICS = { Sum: 'sum', Maximum: 'maximum' } as const;

const wholeMinutes = 'the local run keeps metrics by the minute';

const query = z.strictObject({
  Id: z.string().regex(/^[a-z]\w*$/),
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
    Stat: z.enum(['Sum', 'Maximum'], 'the local run returns Sum and Maximum only'),
  }),
});

/** Strict: labels, expressions, units, other accounts, pages and another order are refused. */
const request = z.strictObject({
  MetricDataQueries: z.array(query).min(1).max(500),
  /** Seconds since the epoch. */
  StartTime: z.int(),
  EndTime: z.int(),
});

/** CloudWatch returns more datapoints in further pages. */
const MAX_DATAPOINTS = 100_800;

/** The part of the CloudWatch API that the functions use. */
export function cloudWatch(store: MetricStore): Record<string, Operation> {
  function getMetricData(input: Record<string, unknown>) {
    const { MetricDataQueries: queries, StartTime: from, EndTime: to } = requestOf(input);
    return {
      MetricDataResults: queries.map(({ Id, MetricStat: { Metric, Period: period, Stat } }) => {
        const { Namespace: namespace, MetricName: name, Dimensions } = Metric;
        const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
        const newestFirst = store.read({ namespace, name, dimensions }, { from, to, period }).reverse();
        return {
          Id,
          Label: name,
          Timestamps: newestFirst.map(({ start }) => start),
          Values: newestFirst.map((statistics) => statistics[STATISTICS[Stat]]),
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
  // CloudWatch does not document where periods begin otherwise.
  if (periods.some((period) => from % period !== 0)) {
    throw refusal('The local run requires StartTime to be a multiple of every Period.');
  }
  const datapoints = periods.reduce((sum, period) => sum + Math.ceil((to - from) / period), 0);
  if (datapoints > MAX_DATAPOINTS) {
    throw refusal(`The local run returns at most ${MAX_DATAPOINTS} datapoints.`);
  }
  return data;
}

const refusal = (message: string) => new ServiceFault('InvalidParameterValueException', message);
