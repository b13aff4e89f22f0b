import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget, type Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { HistoryApi } from '../api/history-api.ts';
import type { HttpEntrance } from '../api/http-api.ts';
import type { QueryApi } from '../api/query-api.ts';
import type { Reconciliation } from '../api/reconcile-api.ts';
import type { ResultsApi } from '../api/results-api.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Outbox } from '../events/outbox.ts';
import type { DeadLetters } from '../functions/dead-letters.ts';
import type { WebhookEndpoint } from '../intake/webhook-endpoint.ts';
import type { Projection } from '../projection/projection.ts';
import type { People } from '../sign-in/people.ts';
import type { RedrawReview } from '../worklist/redraw-review.ts';
import type { RedrawSweep } from '../worklist/redraw-sweep.ts';
import { Alarms } from './alarms.ts';
import { watchQueries, watchSignIn, watchWebhook } from './intake-alarms.ts';
import { iteratorAge, ownMetric, ownMetrics, redrawGauge, redrawGauges, streamEvents } from './metrics.ts';
import { watchDeadLetters, watchReview, watchSweep } from './redraw-alarms.ts';
import { watchOutbox, watchProjection } from './stream-alarms.ts';

export interface MonitoringProps {
  readonly configuration: Configuration;
  readonly topic: ITopic;
  /** undefined where people are known elsewhere. */
  readonly people: People | undefined;
  readonly api: HttpEntrance;
  readonly webhook: WebhookEndpoint;
  readonly projection: Projection;
  readonly query: QueryApi;
  readonly results: ResultsApi;
  readonly reconciliation: Reconciliation;
  readonly history: HistoryApi;
  readonly sweep: RedrawSweep;
  readonly outbox: Outbox;
  readonly review: RedrawReview;
  readonly deadLetters: DeadLetters;
}

/** Watches what the capabilities report: alarms for people, a dashboard to look at when one goes off. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { configuration } = props;
    const alarms = new Alarms(this, 'Alarms', props.topic);
    watchWebhook(alarms, configuration, props.webhook);
    watchProjection(alarms, props.projection, configuration.projectionLagMinutes);
    watchQueries(alarms, props);
    if (props.people) watchSignIn(alarms, props.people);
    watchSweep(alarms, configuration, props.sweep);
    watchOutbox(alarms, props.outbox, configuration.projectionLagMinutes);
    watchReview(alarms, configuration, props.review);
    watchDeadLetters(alarms, props.deadLetters);
    this.drawDashboard(alarms, props);
  }

  private drawDashboard(alarms: Alarms, props: MonitoringProps): void {
    const dashboard = new Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: 'Alarms', alarms: alarms.all, width: 24, height: 5 }),
    );
    dashboard.addWidgets(...whatHappened(props));
    dashboard.addWidgets(...howFarBehind(props));
    dashboard.addWidgets(...howFunctionsFare(props));
  }
}

function whatHappened({ configuration, sweep, api: { api } }: MonitoringProps): GraphWidget[] {
  return [
    graph(
      'Webhooks',
      ownMetrics.webhook.map((name) => ownMetric(configuration, 'webhook', name)),
    ),
    graph('API answers', [api.metricCount(), api.metricClientError(), api.metricServerError()]),
    new GraphWidget({
      title: 'Redraws swept, and open (right)',
      left: ownMetrics.sweep.map((name) => ownMetric(configuration, 'sweep', name)),
      right: redrawGauges.map((name) => redrawGauge(configuration, name, sweep.interval)),
    }),
    graph(
      'Events told',
      ownMetrics.publish.map((name) => ownMetric(configuration, 'publish', name)),
    ),
  ];
}

function howFarBehind({ projection, outbox, deadLetters }: MonitoringProps): GraphWidget[] {
  const counts = [
    'InvokedEventCount',
    'FailedInvokeEventCount',
    'OnFailureDestinationDeliveredEventCount',
  ] as const;
  return [
    graph('Lag behind the stream (ms)', [iteratorAge(projection.function), iteratorAge(outbox.function)]),
    graph(
      'Stream to transactions',
      counts.map((name) => streamEvents(projection.feed, name)),
    ),
    graph(
      'Stream to events',
      counts.map((name) => streamEvents(outbox.feed, name)),
    ),
    graph('Dead letters', [deadLetters.queue.metricApproximateNumberOfMessagesVisible()]),
  ];
}

function howFunctionsFare({
  webhook,
  projection,
  query,
  results,
  reconciliation,
  history,
  sweep,
  outbox,
  review,
  people,
}: MonitoringProps): GraphWidget[] {
  const always = [webhook, projection, query, results, reconciliation, history, sweep, outbox, review];
  const parts = people ? [...always, people] : always;
  const functions = parts.map((part) => part.function.lambda);
  return [
    graph(
      'Duration, p95 (ms)',
      functions.map((lambda) => lambda.metricDuration({ statistic: Stats.percentile(95) })),
      12,
    ),
    graph(
      'Errors',
      functions.map((lambda) => lambda.metricErrors()),
      12,
    ),
  ];
}

function graph(title: string, left: Metric[], width = 6): GraphWidget {
  return new GraphWidget({ title, left, width });
}
