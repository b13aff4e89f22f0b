import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Configuration } from '../configuration/configuration.ts';
import { metricsNamespace, type ServiceFunction } from '../functions/service-function.ts';
import type { StreamFeed } from '../streams/stream-feed.ts';

export const fiveMinutes = Duration.minutes(5);

/** What the functions count themselves. */
export const ownMetrics = {
  /** One per outcome of the contract, and two for what was not taken. */
  webhook: [
    'Webhook_applied',
    'Webhook_merged',
    'Webhook_superseded',
    'Webhook_duplicate',
    'Webhook_ignored',
    'Webhook_quarantined',
    'WebhookRefused',
    'WebhookFailed',
  ],
  sweep: ['SweepFinished', 'SweepDue', 'SweepFlagged', 'SweepHealed', 'SweepSkipped', 'SweepBehind'],
  publish: ['EventsPublished', 'PublishFailed'],
  review: ['ReviewSent'],
} as const;

/** What the sweep measures whenever it has run. */
export const redrawGauges = ['RedrawsOpen', 'RedrawsStale'] as const;

type OwnMetrics = typeof ownMetrics;

/** The sum of what a function counted itself. */
export function ownMetric<Service extends keyof OwnMetrics>(
  configuration: Configuration,
  service: Service,
  metricName: OwnMetrics[Service][number],
  period = fiveMinutes,
): Metric {
  return new Metric({
    namespace: metricsNamespace(configuration),
    metricName,
    dimensionsMap: { service },
    statistic: Stats.SUM,
    period,
  });
}

/** The greatest number of redraws there was, as sweeps measured it. */
export function redrawGauge(
  configuration: Configuration,
  metricName: (typeof redrawGauges)[number],
  period: Duration,
): Metric {
  return new Metric({
    namespace: metricsNamespace(configuration),
    metricName,
    dimensionsMap: { service: 'sweep' },
    statistic: Stats.MAXIMUM,
    period,
  });
}

/** How old the newest record was that the function got from the stream (ms). */
export function iteratorAge({ lambda }: ServiceFunction): Metric {
  return lambda.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(1) });
}

/** What Lambda counts of the records between stream and function. */
export function streamEvents({ mapping }: StreamFeed, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
    statistic: Stats.SUM,
    period: fiveMinutes,
  });
}
