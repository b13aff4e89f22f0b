import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import {
  criticalMetrics,
  deliveryMetrics,
  messageMetrics,
  messageOutcomeMetrics,
  ownerMailMetrics,
  publishMetrics,
  quarantineMetrics,
  redrawMetrics,
  redriveMetrics,
  reviewMetrics,
  storeMetrics,
  subscriberMetrics,
  sweepMetrics,
  webhookMetrics,
} from '../../core/telemetry/metric-names.ts';
import { type Configuration, metricsNamespace } from '../configuration/configuration.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { StreamFeed } from '../streams/stream-feed.ts';

export const fiveMinutes = Duration.minutes(5);

/** The counters that alarms and the dashboard show, by the function that counts them. */
export const counters = {
  webhook: { ...webhookMetrics, ...deliveryMetrics },
  sweep: sweepMetrics,
  publish: publishMetrics,
  review: reviewMetrics,
  'owner-mails': ownerMailMetrics,
  redrive: { ...redriveMetrics, ...quarantineMetrics, ...criticalMetrics, ...subscriberMetrics },
  messages: messageMetrics,
  'message-outcomes': messageOutcomeMetrics,
} as const;

type Counters = typeof counters;

/** The sum of one of a function's counters. */
export function counter<Service extends keyof Counters>(
  configuration: Configuration,
  service: Service,
  name: keyof Counters[Service],
  period = fiveMinutes,
): Metric {
  return new Metric({
    namespace: metricsNamespace(configuration),
    metricName: String(counters[service][name]),
    dimensionsMap: { service },
    statistic: Stats.SUM,
    period,
  });
}

/** All counters of a function. */
export function allCounters<Service extends keyof Counters>(
  configuration: Configuration,
  service: Service,
): Metric[] {
  const names = Object.keys(counters[service]) as (keyof Counters[Service])[];
  return names.map((name) => counter(configuration, service, name));
}

/** The maximum number of open or stale redraws that sweeps measured in a period. */
export function redrawGauge(
  configuration: Configuration,
  name: keyof typeof redrawMetrics,
  period: Duration,
): Metric {
  return new Metric({
    namespace: metricsNamespace(configuration),
    metricName: redrawMetrics[name],
    dimensionsMap: { service: 'sweep' },
    statistic: Stats.MAXIMUM,
    period,
  });
}

/** The maximum number of quarantined webhooks that redrives found waiting in a period. */
export function waitingInQuarantine(configuration: Configuration, period: Duration): Metric {
  return counter(configuration, 'redrive', 'quarantined', period).with({ statistic: Stats.MAXIMUM });
}

/** The maximum number of confirmed subscriptions that the topics of alarms lacked in a period. */
export function subscribersMissing(configuration: Configuration, period: Duration): Metric {
  return counter(configuration, 'redrive', 'missing', period).with({ statistic: Stats.MAXIMUM });
}

/** The maximum number of failed batches that redrives left waiting in a period. */
export function waitingForRedrive(configuration: Configuration, period: Duration): Metric {
  return counter(configuration, 'redrive', 'left', period).with({ statistic: Stats.MAXIMUM });
}

/** The maximum number of critical results without an acknowledgement that redrives found in a period. */
export function criticalResults(
  configuration: Configuration,
  name: keyof typeof criticalMetrics,
  period: Duration,
): Metric {
  return counter(configuration, 'redrive', name, period).with({ statistic: Stats.MAXIMUM });
}

/** The items that functions left out because they are damaged. */
export function damagedItems(configuration: Configuration): Metric {
  return new Metric({
    namespace: metricsNamespace(configuration),
    metricName: storeMetrics.damaged,
    statistic: Stats.SUM,
    period: fiveMinutes,
  });
}

/** The age of the newest stream record that the function received (ms). */
export function iteratorAge({ lambda }: ServiceFunction): Metric {
  return lambda.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(1) });
}

/** The notifications that SNS could not deliver to a subscriber of the topic. */
export function notificationsFailed(topic: ITopic): Metric {
  return new Metric({
    namespace: 'AWS/SNS',
    metricName: 'NumberOfNotificationsFailed',
    dimensionsMap: { TopicName: topic.topicName },
    statistic: Stats.SUM,
    period: fiveMinutes,
  });
}

/** A metric of the event source mapping between stream and function. */
export function streamEvents({ mapping }: StreamFeed, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
    statistic: Stats.SUM,
    period: fiveMinutes,
  });
}

/**
 * The sum of the metrics that have data; an alarm takes ten at most. AWS reports no zeros, and `a + b` has no value where one of
 * the two is missing.
 *
 * @param prefix of the metric ids, which must be distinct in a graph of several sums
 */
export function sum(
  prefix: string,
  metrics: readonly Metric[],
  label: string,
  period = fiveMinutes,
): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`${prefix}${index}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`,
    usingMetrics,
    period,
    label,
  });
}
