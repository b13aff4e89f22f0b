import { Stack } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { EDGE_REGION, optionalEdgeScope } from '../../edge/edge-scope.ts';
import { allowAlarms } from '../../encryption/encryption-keys.ts';
import { alarmTopic } from '../../events/operators-topic.ts';
import type { ServiceFunctionContext } from '../../functions/service-function.ts';
import { fiveMinutes } from '../../metrics/metrics.ts';
import { Alarms, type AlarmsProps } from './alarms.ts';

/** What CloudFront serves. */
export interface ServedParts {
  /** undefined if the stack has no dashboard for people. */
  readonly dashboard: Served | undefined;
  /** undefined if the API has no entrance. */
  readonly entrance: Served | undefined;
}

interface Served {
  readonly distributionId: string;
}

/**
 * The share of requests to a distribution that CloudFront answered with 5xx (percent). CloudFront has its metrics in one region
 * only, and an alarm has to be in the region of its metric and of its topic. Graphs can be anywhere.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export function cloudFrontServerErrors({ distributionId }: Served): Metric {
  return new Metric({
    namespace: 'AWS/CloudFront',
    metricName: '5xxErrorRate',
    dimensionsMap: { DistributionId: distributionId, Region: 'Global' },
    statistic: Stats.AVERAGE,
    period: fiveMinutes,
    region: EDGE_REGION,
  });
}

/** Adds the alarms on CloudFront, if the configuration wants them. In a second stack, they have a topic of their own. */
export function addCloudFrontAlarms(
  scope: Construct,
  served: ServedParts,
  context: ServiceFunctionContext,
  alarms: Alarms,
): void {
  if (!(served.dashboard || served.entrance)) return;
  const edge = optionalEdgeScope(scope, context.configuration, {
    setting: 'cloudFrontAlarm',
    stack: { name: 'edge-alarms', purpose: 'the alarms on CloudFront' },
    without: 'No alarm watches CloudFront',
  });
  if (!edge) return;
  const isBeside = Stack.of(edge) !== Stack.of(scope);
  addServerErrors(isBeside ? new EdgeAlarms(edge, 'Alarms', context, alarms.props).alarms : alarms, served);
}

function addServerErrors(alarms: Alarms, { dashboard, entrance }: ServedParts): void {
  const often = { threshold: 5, periods: 3 };
  if (dashboard) {
    alarms.add('DashboardServerErrors', {
      ...often,
      metric: cloudFrontServerErrors(dashboard),
      meaning:
        'For 15 minutes, CloudFront returned a 5xx for 5% or more of the requests to the dashboard. People may not see the worklist. Webhooks and programs are not affected.',
      runbook: 'dashboard-server-errors',
    });
  }
  if (entrance) {
    alarms.add('EntranceServerErrors', {
      ...often,
      metric: cloudFrontServerErrors(entrance),
      meaning:
        'For 15 minutes, CloudFront returned a 5xx for 5% or more of the requests to the entrance. Webhooks and requests from programs may not reach the API. Junction retries webhooks.',
      runbook: 'entrance-server-errors',
    });
  }
}

/** A topic in CloudFront's region, to which the same address is subscribed, and the alarms that notify it. */
class EdgeAlarms extends Construct {
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, context: ServiceFunctionContext, props: AlarmsProps) {
    super(scope, id);
    const { configuration, removalPolicy } = context;
    const key = new Key(this, 'Key', {
      description: 'redraw-tracker: notifications about alarms on CloudFront',
      enableKeyRotation: true,
      removalPolicy,
    });
    allowAlarms(key);
    const topic = alarmTopic(this, key);
    const { operatorEmail } = configuration;
    if (operatorEmail) topic.addSubscription(new EmailSubscription(operatorEmail));
    this.alarms = new Alarms(this, 'Alarms', { ...props, topic });
  }
}
