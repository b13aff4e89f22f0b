import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { refusalMetrics } from '../../../core/telemetry/metric-names.ts';
import type { ApiGateway } from '../../api/api-gateway.ts';
import { type Configuration, metricsNamespace } from '../../configuration/configuration.ts';
import type { WebhookEndpoint } from '../../intake/webhook-endpoint.ts';
import { fiveMinutes } from '../../metrics/metrics.ts';
import type { Alarms } from './alarms.ts';

interface RefusalCountersProps {
  readonly configuration: Configuration;
  readonly api: ApiGateway;
  readonly webhook: WebhookEndpoint;
}

/**
 * Counts refused requests in the access log. API Gateway's own metrics do not tell 429 from other statuses.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 *
 * The counts are those of the whole API: with the route as a dimension, each route would be a custom metric and need an alarm
 * of its own. The access log has the route.
 */
export class RefusalCounters extends Construct {
  private readonly namespace: string;

  constructor(scope: Construct, id: string, { configuration, api, webhook }: RefusalCountersProps) {
    super(scope, id);
    this.namespace = metricsNamespace(configuration);
    // Requests to unknown paths have the route key "-". They are no caller's mistake, but those of scanners.
    const patterns: Record<keyof typeof refusalMetrics, string> = {
      clientErrors: '{ ($.status = "4*") && ($.status != "429") && ($.routeKey != "-") }',
      tooManyRequests: `{ ($.status = "429") && ($.routeKey != "-") && ($.routeKey != "${webhook.routeKey}") }`,
      webhooksThrottled: `{ ($.status = "429") && ($.routeKey = "${webhook.routeKey}") }`,
    };
    for (const [name, pattern] of Object.entries(patterns)) {
      const metricName = refusalMetrics[name as keyof typeof refusalMetrics];
      new MetricFilter(this, metricName, {
        logGroup: api.accessLog,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: this.namespace,
        metricName,
        metricValue: '1',
      });
    }
  }

  metric(name: keyof typeof refusalMetrics, period: Duration): Metric {
    return new Metric({
      namespace: this.namespace,
      metricName: refusalMetrics[name],
      statistic: Stats.SUM,
      period,
    });
  }
}

/** Alarms on requests that the API refuses. */
export function addRefusalAlarms(alarms: Alarms, counters: RefusalCounters): void {
  alarms.add('ClientErrors', {
    // A person who mistypes an id, or a page that is signed out, makes a few. A faulty program continues without end.
    metric: counters.metric('clientErrors', Duration.minutes(15)),
    threshold: 30,
    meaning:
      'The API refused 30 requests in 15 minutes with a status from 400 to 428. A caller sends invalid requests or has no valid token, or a release broke a route.',
    runbook: 'client-errors',
  });
  // API Gateway does not log every 429 of a flood, so the numbers are lower bounds.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
  alarms.add('TooManyRequests', {
    metric: counters.metric('tooManyRequests', fiveMinutes),
    threshold: 10,
    meaning:
      'The API answered 429 to 10 requests in five minutes, because they came faster than a route allows. People or programs have to retry. Webhooks are not affected.',
    runbook: 'too-many-requests',
  });
  alarms.add('WebhooksThrottled', {
    metric: counters.metric('webhooksThrottled', fiveMinutes),
    threshold: 10,
    meaning:
      'Ten webhooks got a 429 in five minutes, because they came faster than webhookRequestsPerSecond allows. Junction delivers them again later, so states are late.',
    runbook: 'webhooks-throttled',
  });
}
