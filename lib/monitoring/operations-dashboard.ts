import { Duration } from 'aws-cdk-lib';
import { type Alarm, AlarmStatusWidget, Dashboard, GraphWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { OperatorNotifications } from '../events/operator-notifications.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import type { WebhookEndpoint } from '../intake/webhook-endpoint.ts';
import { graph } from '../metrics/graph.ts';
import {
  allCounters,
  criticalResults,
  iteratorAge,
  notificationsFailed,
  redrawGauge,
  streamEvents,
  waitingForRedrive,
  waitingInQuarantine,
} from '../metrics/metrics.ts';
import type { Projection } from '../projection/projection.ts';
import type { OwnerMails } from '../review/owner-mails.ts';
import type { RedrawReview } from '../review/redraw-review.ts';
import type { RedrawSweep } from '../schedules/redraw-sweep.ts';
import type { People } from '../sign-in/people.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { QuarantineTable } from '../storage/quarantine-table.ts';
import type { FailureRedrive } from '../streams/failure-redrive.ts';
import type { Outbox } from '../streams/outbox.ts';
import type { ApiParts } from './alarms/api-alarms.ts';
import { cloudFrontServerErrors, type ServedParts } from './alarms/cloudfront-alarms.ts';
import { throttles } from './alarms/table-alarms.ts';
import type { DeployedCapability } from './deployed-capability.ts';

/** The capabilities that report metrics. */
export interface MonitoredParts extends ApiParts, ServedParts {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly quarantineTable: QuarantineTable;
  /** undefined if the stack has no user pool for the dashboard. */
  readonly people: People | undefined;
  readonly webhook: WebhookEndpoint;
  readonly projection: Projection;
  readonly sweep: RedrawSweep;
  readonly outbox: Outbox;
  readonly redrive: FailureRedrive;
  readonly review: RedrawReview;
  readonly notifications: OperatorNotifications;
  /** undefined without mails to owners. */
  readonly ownerMails: OwnerMails | undefined;
  readonly deadLetters: DeadLetterQueue;
  /** Those that are on. */
  readonly capabilities: readonly DeployedCapability[];
}

export interface OperationsDashboardProps extends MonitoredParts {
  readonly alarms: Alarm[];
  /** The alarms link the dashboard by its name, which they need first. */
  readonly dashboardName: string;
  readonly topic: ITopic;
}

/** The CloudWatch dashboard for operators: alarms, counts, lag and the health of each function. */
export class OperationsDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    super(scope, id, { dashboardName: props.dashboardName, defaultInterval: Duration.days(1) });
    const { alarms } = props;
    this.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 5 }));
    this.addWidgets(...activityWidgets(props));
    this.addWidgets(...lagWidgets(props));
    this.addWidgets(...functionWidgets(props));
    this.addWidgets(...serviceWidgets(props));
    for (const { widgets } of props.capabilities) this.addWidgets(...widgets);
  }
}

function activityWidgets({ context, sweep, redrive, api: { api } }: MonitoredParts): GraphWidget[] {
  const { configuration } = context;
  return [
    graph('Webhooks', allCounters(configuration, 'webhook')),
    graph('API responses', [api.metricCount(), api.metricClientError(), api.metricServerError()]),
    new GraphWidget({
      title: 'Sweep, and open redraws (right)',
      left: allCounters(configuration, 'sweep'),
      right: [
        redrawGauge(configuration, 'open', sweep.interval),
        redrawGauge(configuration, 'stale', sweep.interval),
      ],
    }),
    graph('Events published', allCounters(configuration, 'publish')),
    graph('Critical results without an acknowledgement', [
      criticalResults(configuration, 'criticalOpen', redrive.interval),
      criticalResults(configuration, 'criticalOverdue', redrive.interval),
    ]),
  ];
}

function lagWidgets(parts: MonitoredParts): GraphWidget[] {
  const { projection, outbox, redrive, deadLetters } = parts;
  const { configuration } = parts.context;
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
    graph('Waiting: failed batches, quarantined webhooks, dead letters', [
      waitingForRedrive(configuration, redrive.interval),
      waitingInQuarantine(configuration, redrive.interval),
      deadLetters.queue.metricApproximateNumberOfMessagesVisible(),
    ]),
  ];
}

function functionWidgets(parts: MonitoredParts): GraphWidget[] {
  const { webhook, projection, outbox, redrive, sweep, review, notifications, people } = parts;
  const { query, results, reconcile, quarantine, history } = parts;
  const answering = [query, results, reconcile, quarantine, history];
  const always = [webhook, projection, ...answering, sweep, outbox, redrive, review, notifications];
  const functions = [...always, ...(people ? [people] : [])].map((part) => part.function.lambda);
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

/** What AWS's services refuse or do not deliver. */
function serviceWidgets(props: OperationsDashboardProps): GraphWidget[] {
  const { table, quarantineTable, topic, dashboard, entrance } = props;
  return [
    graph('Throttled by DynamoDB', [
      throttles([table, quarantineTable], 'ReadThrottleEvents'),
      throttles([table, quarantineTable], 'WriteThrottleEvents'),
    ]),
    graph('Notifications not delivered', [notificationsFailed(topic)]),
    ...(dashboard ? [graph('Dashboard, 5xx (%)', [cloudFrontServerErrors(dashboard)])] : []),
    ...(entrance ? [graph('Entrance, 5xx (%)', [cloudFrontServerErrors(entrance)])] : []),
  ];
}
