import {
  type CloudWatchClient,
  type MetricDataQuery,
  type MetricDataResult,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import type { Span } from './span.ts';

/** One value per period; null for a period without data. */
export type Series = readonly (number | null)[];

export interface Measure {
  readonly namespace: string;
  readonly metric: string;
  readonly dimension: { readonly Name: string; readonly Value: string };
  readonly statistic: 'Sum' | 'Maximum';
}

/** CloudWatch did not return all requested metrics. */
class IncompleteMetrics extends Error {
  override readonly name = 'IncompleteMetrics';
}

/**
 * Reads measures from CloudWatch, all in one request.
 *
 * @throws what the client throws, or IncompleteMetrics
 */
export async function readSeries<Name extends string>(
  client: CloudWatchClient,
  measures: Readonly<Record<Name, Measure>>,
  { period_seconds, starts, end }: Span,
  abortSignal: AbortSignal,
): Promise<Readonly<Record<Name, Series>>> {
  const names = Object.keys(measures) as Name[];
  const values = new Map(names.map((name) => [name as string, new Map<number, number>()]));
  const input = {
    MetricDataQueries: names.map((name) => queryOf(name, measures[name], period_seconds)),
    StartTime: new Date((starts[0] ?? end) * 1_000),
    EndTime: new Date(end * 1_000),
  };
  for await (const page of paginateGetMetricData({ client }, input, { abortSignal })) {
    for (const result of page.MetricDataResults ?? []) addResult(result, values.get(result.Id ?? ''));
  }
  const series = names.map((name) => [name, starts.map((start) => values.get(name)?.get(start) ?? null)]);
  return Object.fromEntries(series) as Record<Name, Series>;
}

function queryOf(Id: string, measure: Measure, Period: number): MetricDataQuery {
  const { namespace: Namespace, metric: MetricName, dimension, statistic: Stat } = measure;
  return { Id, MetricStat: { Metric: { Namespace, MetricName, Dimensions: [dimension] }, Period, Stat } };
}

/** Adds a result. A result with `PartialData` continues on another page. */
function addResult(
  { Id, StatusCode, Timestamps = [], Values = [] }: MetricDataResult,
  into?: Map<number, number>,
) {
  if (StatusCode === 'InternalError' || StatusCode === 'Forbidden') {
    throw new IncompleteMetrics(`${Id}: ${StatusCode}`);
  }
  Timestamps.forEach((at, index) => {
    const value = Values[index];
    if (value !== undefined) into?.set(at.getTime() / 1_000, value);
  });
}
