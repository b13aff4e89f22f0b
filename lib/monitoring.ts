import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import type { Configuration } from './configuration.ts';
import type { HttpEntrance } from './http-api.ts';
import type { Projection } from './projection.ts';
import type { QueryApi } from './query-api.ts';
import { metricsNamespace, type ServiceFunction } from './service-function.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

export interface MonitoringProps {
  readonly configuration: Configuration;
  readonly topic: ITopic;
  readonly api: HttpEntrance;
  readonly webhook: WebhookEndpoint;
  readonly projection: Projection;
  readonly query: QueryApi;
}

const fiveMinutes = Duration.minutes(5);

/** What the webhook function counts itself: one metric per outcome of the contract, and two for what it did not take. */
const webhookMetrics = [
  'Webhook_applied',
  'Webhook_merged',
  'Webhook_superseded',
  'Webhook_duplicate',
  'Webhook_ignored',
  'Webhook_quarantined',
  'WebhookRefused',
  'WebhookFailed',
] as const;

/** Watches what the capabilities report: alarms for people, a dashboard to look at when one goes off. */
export class Monitoring extends Construct {
  private readonly alarms: Alarms;
  private readonly namespace: string;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    this.namespace = metricsNamespace(props.configuration);
    this.alarms = new Alarms(this, 'Alarms', props.topic);
    this.watchWebhook(props);
    this.watchProjection(props);
    this.watchQueries(props);
    this.drawDashboard(props);
  }

  private watchWebhook({ webhook, configuration: { webhookSilenceHours } }: MonitoringProps): void {
    const { lambda } = webhook.function;
    this.alarms.add('WebhookErrors', {
      metric: lambda.metricErrors({ period: fiveMinutes }),
      threshold: 1,
      meaning:
        'The webhook function crashed or timed out. Junction retries for about 27 hours; fix it before that.',
      runbook: 'webhook-errors',
    });
    this.alarms.add('WebhookThrottles', {
      metric: lambda.metricThrottles({ period: fiveMinutes }),
      threshold: 1,
      meaning: 'Webhooks came faster than Lambda may run. Junction retries, so state is late, not lost.',
      runbook: 'webhook-throttles',
    });
    this.alarms.add('WebhooksNotTaken', {
      metric: this.webhookCount('WebhookFailed'),
      threshold: 1,
      meaning:
        'Webhooks were answered 503: the table or the signing secret could not be used. Right after a first deploy: the secret is not there yet. Junction retries for about 27 hours.',
      runbook: 'webhooks-not-taken',
    });
    this.alarms.add('WebhooksQuarantined', {
      metric: this.webhookCount('Webhook_quarantined'),
      threshold: 1,
      meaning:
        'Junction sent something signed that we could not understand. It is kept whole, to be replayed after a fix.',
      runbook: 'webhooks-quarantined',
    });
    this.alarms.add('SignaturesRefused', {
      // Junction tries a delivery three times in the first quarter of an hour: one that fails each time is enough.
      metric: this.webhookCount('WebhookRefused', Duration.minutes(15)),
      threshold: 3,
      meaning:
        'Webhooks came without a signature that holds: the secret was changed on one side only, or somebody else is calling.',
      runbook: 'signatures-refused',
    });
    this.watchSilence(webhookSilenceHours);
  }

  private watchSilence(hours: number): void {
    if (hours === 0) return;
    this.alarms.add('WebhooksSilent', {
      // New facts only: a metric that sums all outcomes has no data as soon as one of them did not occur.
      metric: this.webhookCount('Webhook_applied', Duration.hours(1)),
      threshold: 1,
      periods: hours,
      whenBelow: true,
      meaning: `No webhook brought anything new for ${hours} hours. After five days of failures Junction disables the endpoint. Right after a first deploy: none has come yet.`,
      runbook: 'webhooks-silent',
    });
  }

  private watchProjection({ projection, configuration }: MonitoringProps): void {
    const lagMinutes = configuration.projectionLagMinutes;
    this.alarms.add('ProjectionBehind', {
      metric: iteratorAge(projection.function),
      threshold: Duration.minutes(lagMinutes).toMilliseconds(),
      periods: 3,
      meaning: `Transactions have been more than ${lagMinutes} minutes behind their orders for three minutes. Answers of the API are old, nothing is lost.`,
      runbook: 'projection-behind',
    });
    this.alarms.add('ProjectionErrors', {
      // Counts crashed batches and the records that the function reports as failed alike.
      metric: streamEvents(projection, 'FailedInvokeEventCount'),
      threshold: 1,
      periods: 3,
      meaning:
        'Changes of orders have been failing for a quarter of an hour. Those that fail to the end go to the failure bucket.',
      runbook: 'projection-errors',
    });
    this.alarms.add('RecordsGivenUp', {
      metric: streamEvents(projection, 'OnFailureDestinationDeliveredEventCount'),
      threshold: 1,
      meaning:
        'A change of an order failed every attempt and lies in the failure bucket: its transaction is out of date until it is replayed.',
      runbook: 'records-given-up',
    });
    this.alarms.add('RecordsDropped', {
      metric: streamEvents(projection, 'DroppedEventCount'),
      threshold: 1,
      meaning:
        'A change of an order failed every attempt and could not be kept in the failure bucket either. Its order is safe; recompute the transaction from it.',
      runbook: 'records-dropped',
    });
  }

  private watchQueries({ query, api }: MonitoringProps): void {
    this.alarms.add('ApiServerErrors', {
      metric: api.api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
      threshold: 5,
      meaning: 'The API answered 5xx five times in five minutes, to Junction or to your programs.',
      runbook: 'api-server-errors',
    });
    this.alarms.add('QueryErrors', {
      metric: query.function.lambda.metricErrors({ period: fiveMinutes }),
      threshold: 1,
      meaning: 'The query function crashed or timed out: somebody asked and got no answer.',
      runbook: 'query-errors',
    });
  }

  private drawDashboard({ webhook, projection, query, api }: MonitoringProps): void {
    const functions = [webhook.function, projection.function, query.function];
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: this.alarms.all, width: 24, height: 3 }),
    );
    dashboard.addWidgets(
      graph(
        'Webhooks',
        webhookMetrics.map((name) => this.webhookCount(name)),
      ),
      graph('API answers', [api.api.metricCount(), api.api.metricClientError(), api.api.metricServerError()]),
      graph('Projection lag (ms)', [iteratorAge(projection.function)]),
    );
    dashboard.addWidgets(
      graph(
        'Duration, p95 (ms)',
        functions.map(({ lambda }) => lambda.metricDuration({ statistic: Stats.percentile(95) })),
      ),
      graph(
        'Errors',
        functions.map(({ lambda }) => lambda.metricErrors()),
      ),
      graph('Stream', [
        streamEvents(projection, 'InvokedEventCount'),
        streamEvents(projection, 'FailedInvokeEventCount'),
        streamEvents(projection, 'OnFailureDestinationDeliveredEventCount'),
      ]),
    );
  }

  private webhookCount(metricName: (typeof webhookMetrics)[number], period = fiveMinutes): Metric {
    return new Metric({
      namespace: this.namespace,
      metricName,
      dimensionsMap: { service: 'webhook' },
      statistic: Stats.SUM,
      period,
    });
  }
}

function graph(title: string, left: Metric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8 });
}

function iteratorAge({ lambda }: ServiceFunction): Metric {
  return lambda.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(1) });
}

function streamEvents({ mapping }: Projection, metricName: string): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName,
    dimensionsMap: { EventSourceMappingUUID: mapping.eventSourceMappingId },
    statistic: Stats.SUM,
    period: fiveMinutes,
  });
}
