import { parseInstant } from '../../domain/instant.ts';
import { WEBHOOK_COUNTS, type WebhookCount } from '../../domain/webhook-outcomes.ts';
import { redrawMetrics, webhookMetrics } from '../../telemetry/metric-names.ts';
import { type SummaryHistory, summaryHistory } from './answer.ts';
import type { Measure, Series } from './series.ts';
import type { Span } from './span.ts';

/** The location of this deployment's metrics. */
export interface MetricsPlace {
  readonly namespace: string;
  readonly projectionFunction: string;
}

type MeasureName = WebhookCount | keyof typeof redrawMetrics | 'lag';

/** The statistic to read of each metric. */
export function measuresOf({ namespace, projectionFunction }: MetricsPlace): Record<MeasureName, Measure> {
  const of = (service: string, statistic: Measure['statistic'], metrics: Readonly<Record<string, string>>) =>
    Object.entries(metrics).map(([name, metric]) => {
      const dimension = { Name: 'service', Value: service };
      return [name, { namespace, metric, dimension, statistic }];
    });
  return {
    ...Object.fromEntries(of('webhook', 'Sum', webhookMetrics satisfies Record<WebhookCount, string>)),
    ...Object.fromEntries(of('sweep', 'Maximum', redrawMetrics)),
    lag: {
      namespace: 'AWS/Lambda',
      metric: 'IteratorAge',
      dimension: { Name: 'FunctionName', Value: projectionFunction },
      statistic: 'Maximum',
    },
  };
}

/** The history as the API shows it, limited to the fields of the schema. */
export function showHistory(
  series: Readonly<Record<MeasureName, Series>>,
  { period_seconds, starts, end }: Span,
): SummaryHistory {
  return summaryHistory.parse({
    from: instantOf(starts[0] ?? end),
    to: instantOf(end),
    period_seconds,
    times: starts.map(instantOf),
    webhooks: WEBHOOK_COUNTS.map((outcome) => ({ outcome, counts: series[outcome] })),
    redraws: { open: series.open, stale: series.stale },
    projection_lag_seconds: series.lag.map((age) => age && age / 1_000),
  });
}

function instantOf(seconds: number): string {
  return parseInstant(new Date(seconds * 1_000).toISOString()) ?? '';
}
