import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { routeMetrics } from '../../../core/telemetry/metric-names.ts';
import type { ApiGateway } from '../../api/api-gateway.ts';
import { type Configuration, metricsNamespace } from '../../configuration/configuration.ts';
import { fiveMinutes } from '../metrics.ts';
import type { Alarms } from './alarms.ts';

/** What is counted per route, by the name of the metric: the statuses in the access log. */
const patterns = {
  [routeMetrics.clientErrors]: '{ ($.status = "4*") && ($.status != "429") }',
  [routeMetrics.tooManyRequests]: '{ $.status = "429" }',
} as const;

/**
 * Counts the refused requests of each route in the access log. API Gateway's own metrics per route do not tell 429 from other
 * statuses, and are charged for each route and metric, also without a refusal.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export class RouteCounters extends Construct {
  private readonly configuration: Configuration;

  constructor(scope: Construct, id: string, configuration: Configuration, { accessLog }: ApiGateway) {
    super(scope, id);
    this.configuration = configuration;
    for (const [metricName, pattern] of Object.entries(patterns)) {
      new MetricFilter(this, metricName, {
        logGroup: accessLog,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: metricsNamespace(configuration),
        metricName,
        metricValue: '1',
        // A metric of its own for each route: there are as many as the API has, and none for unknown paths.
        dimensions: { route: '$.routeKey' },
      });
    }
  }

  metric(metricName: keyof typeof patterns, route: string, period: Duration): Metric {
    const namespace = metricsNamespace(this.configuration);
    return new Metric({ namespace, metricName, dimensionsMap: { route }, statistic: Stats.SUM, period });
  }
}

/** Alarms that every route of the API has. */
export function addRouteAlarms(alarms: Alarms, counters: RouteCounters, routeKeys: readonly string[]): void {
  for (const routeKey of routeKeys) {
    const id = routeKey.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/-$/, '');
    alarms.add(`ClientErrors-${id}`, {
      // A person who mistypes an id, or a page that is signed out, makes a few. A faulty program continues without end.
      metric: counters.metric(routeMetrics.clientErrors, routeKey, Duration.minutes(15)),
      threshold: 30,
      meaning: `${routeKey} refused 30 requests in 15 minutes with a status from 400 to 428. A caller sends invalid requests or has no valid token, or a release broke the route.`,
      runbook: 'client-errors',
    });
    alarms.add(`TooManyRequests-${id}`, {
      // API Gateway does not log every 429 of a flood, so the number is a lower bound.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
      metric: counters.metric(routeMetrics.tooManyRequests, routeKey, fiveMinutes),
      threshold: 10,
      meaning: `${routeKey} answered 429 to 10 requests in five minutes, because they came faster than its throttle allows. Callers, including Junction, have to retry later.`,
      runbook: 'too-many-requests',
    });
  }
}
