import { describe, expect, it } from 'vitest';
import * as metricNames from '../../../../core/telemetry/metric-names.ts';
import { logPattern } from '../../../../tools/local/metrics/metric-filters.ts';
import {
  customSettings,
  longestPeriods,
  serviceNames,
  synthesize,
  withEverything,
} from '../../synthesized-stack.ts';
import { alarmsOf, metricsOf } from './synthesized-alarms.ts';

const stack = synthesize();
const everything = synthesize(withEverything, 'us-east-1');
const alarms = alarmsOf(stack);
const [topicId, criticalTopicId] = Object.keys(stack.ofType('AWS::SNS::Topic'));

/** Whether it counts from the names in core/, and not a service of AWS. */
const isOurs = ({ Namespace }: { Namespace: string }) => Namespace === 'RedrawTracker/prod';

/** Whether what is measured still waits, or is still so, while nothing is measured: a level, and no count of what happened. */
function isLevel(alarm: { Namespace: string; MetricName: string; Statistic: string }): boolean {
  const { skipped, behind } = metricNames.sweepMetrics;
  const ofSweep = [skipped, behind].some((name) => name === alarm.MetricName);
  const waits = alarm.MetricName === 'ApproximateNumberOfMessagesVisible';
  return ofSweep || waits || (isOurs(alarm) && alarm.Statistic === 'Maximum');
}

/** Functions whose failures other alarms report, or that only a person invokes. */
const withoutErrorsAlarm = ['publish', 'import', 'export', 'load', 'rebuild', 'recompute', 'entrance'];

/** What needs nobody, or what another alarm reports. */
const informative: Readonly<Record<string, string>> = {
  WebhookMerged: 'an outcome',
  WebhookSuperseded: 'an outcome',
  WebhookDuplicate: 'an outcome',
  WebhookIgnored: 'an outcome',
  WebhookQuarantined: 'QuarantineWaiting, as long as it waits',
  RecomputeWritten: 'an outcome',
  RecomputeUnchanged: 'an outcome',
  RecomputeOutdated: 'an outcome',
  RecomputeFailed: 'FailedInvokeEventCount',
  RedrawsOpen: 'a figure',
  RedrawsStale: 'the email about each, and the reviews',
  SweepDue: 'a figure',
  SweepFlagged: 'the email about each redraw',
  SweepReconciled: 'an outcome',
  EventsPublished: 'an outcome',
  PublishFailed: 'FailedInvokeEventCount',
  ChangesUncounted: 'corrected by the weekly recount',
  OwnerMailSent: 'an outcome',
  CriticalResultsOpen: 'CriticalResultsOverdue, if nobody acknowledges them',
  MessagePlanned: 'an outcome',
  MessageSent: 'an outcome',
  MessageHeldBack: 'an outcome',
  MessageAcceptedByCarrier: 'an outcome',
  MessageDelivered: 'an outcome',
  MessageOptedOut: 'an outcome',
  MessageReportUnmatched: 'a figure',
  RedriveWaiting: 'RedriveLeft, after the redrive',
  RedriveRedriven: 'an outcome',
};

/** As the access log spells it. */
const WEBHOOK_ROUTE = 'ANY /webhooks/junction';

const alarmsOn = (metric: string) => alarms.filter(({ MetricName }) => MetricName === metric);

/** Every alarm on the metric has these properties. */
function expectOn(metric: string, properties: object): void {
  const found = alarmsOn(metric);
  expect(found, metric).not.toEqual([]);
  expect(found, metric).toEqual(found.map(() => expect.objectContaining(properties)));
}

function alarmNamed(name: string) {
  const found = Object.entries(stack.ofType('AWS::CloudWatch::Alarm')).find(([id]) =>
    id.includes(`Alarms${name}`),
  );
  return found?.[1].Properties;
}

describe('alarms', () => {
  it('notify operators when they go off and when they are over', () => {
    for (const alarm of alarms) {
      const mails = stack.functionNamed('operator-mails').id;
      const isCritical =
        ['CriticalResultsOverdue', 'SubscribersMissing'].includes(alarm.MetricName) ||
        (alarm.MetricName === 'Errors' && alarm.Dimensions[0].Value.Ref === mails);
      const topics = [{ Ref: topicId }, ...(isCritical ? [{ Ref: criticalTopicId }] : [])];
      expect(alarm.AlarmActions).toEqual(topics);
      expect(alarm.OKActions).toEqual(topics);
    }
  });

  it('cover every count, apart from those that are named here, and watch nothing that is not counted', () => {
    const counted = Object.values<Readonly<Record<string, string>>>(metricNames).flatMap((names) =>
      Object.values(names),
    );
    const watched = alarmsOf(everything)
      .flatMap(metricsOf)
      .filter(isOurs)
      .map(({ MetricName }) => MetricName);
    expect(watched.filter((name) => !counted.includes(name))).toEqual([]);
    expect(counted.filter((name) => !(watched.includes(name) || name in informative))).toEqual([]);
    expect(Object.keys(informative).filter((name) => watched.includes(name))).toEqual([]);
  });

  it.each([
    ['AWS::ApiGatewayV2::Api', ['5xx']],
    ['AWS::DynamoDB::Table', ['ReadThrottleEvents', 'WriteThrottleEvents']],
    ['AWS::Lambda::EventSourceMapping', ['FailedInvokeEventCount', 'DroppedEventCount']],
    ['AWS::SNS::Topic', ['NumberOfNotificationsFailed']],
    ['AWS::SQS::Queue', ['ApproximateNumberOfMessagesVisible']],
  ])('watch every %s for %j', (type, metrics) => {
    const resources = Object.keys(stack.ofType(type));
    expect(resources).not.toEqual([]);
    for (const metric of metrics) {
      const watched = alarms
        .flatMap(metricsOf)
        .filter(({ MetricName }) => MetricName === metric)
        .map(({ Dimensions }) => JSON.stringify(Dimensions));
      expect(
        resources.filter((id) => !watched.some((one) => one.includes(`"${id}"`))),
        metric,
      ).toEqual([]);
    }
  });

  it.each([
    ['throttles', 'Throttles', ['import', 'export', 'load']],
    ['errors', 'Errors', withoutErrorsAlarm],
  ])('watch the %s of every function once, apart from those that are named here', (_, metric, without) => {
    for (const all of [stack, everything]) {
      const functions = serviceNames(all).filter((name) => !without.includes(name));
      const watched = alarmsOf(all)
        .flatMap(metricsOf)
        .filter(({ MetricName }) => MetricName === metric);
      const ids = watched.map(({ Dimensions }) => Dimensions[0].Value.Ref);
      expect(ids.sort()).toEqual(functions.map((name) => all.functionNamed(name).id).sort());
    }
  });

  it('name the functions whose errors or throttles they add up, with as many metrics as an alarm takes', () => {
    const sums = alarmsOf(everything).filter(({ Metrics }) => Metrics);
    expect(sums).not.toEqual([]);
    for (const alarm of sums) {
      const metrics = metricsOf(alarm);
      expect(metrics.length).toBeLessThanOrEqual(10);
      if (metrics[0].Namespace !== 'AWS/Lambda') continue;
      const names = serviceNames(everything).filter((name) =>
        metrics.some(({ Dimensions }) => Dimensions[0].Value.Ref === everything.functionNamed(name).id),
      );
      expect(names.length).toBe(metrics.length);
      for (const name of names)
        expect(JSON.stringify(alarm.AlarmDescription)).toMatch(new RegExp(`[ :]${name}[,. ]`));
    }
  });

  it('count the refused requests of all routes in the access log: those of webhooks apart', () => {
    const { DestinationArn } = stack.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
    const filters = Object.values(stack.ofType('AWS::Logs::MetricFilter')).map(
      ({ Properties }) => Properties,
    );
    const lines = ['GET /v1/orders', WEBHOOK_ROUTE, '-'].flatMap((routeKey) =>
      ['200', '401', '404', '429', '500'].map((status) => ({ routeKey, status })),
    );
    const counted = filters.map(
      ({ LogGroupName, FilterPattern, MetricTransformations: [transformation] }) => {
        expect(JSON.stringify(DestinationArn)).toContain(LogGroupName.Ref);
        // A dimension would make a metric of its own for each route, which no alarm on the whole API has.
        expect(transformation).toEqual({
          MetricName: expect.any(String),
          MetricNamespace: 'RedrawTracker/prod',
          MetricValue: '1',
        });
        const matches = logPattern(FilterPattern);
        const matched = lines.filter((line) => matches?.(line));
        expectOn(transformation.MetricName, { Namespace: 'RedrawTracker/prod', Statistic: 'Sum' });
        expect(alarmsOn(transformation.MetricName).map(({ Dimensions }) => Dimensions)).toEqual([undefined]);
        return [
          transformation.MetricName,
          matched.map(({ routeKey, status }) => `${status} ${routeKey}`).join(', '),
        ];
      },
    );
    expect(Object.fromEntries(counted)).toEqual({
      ClientErrors: `401 GET /v1/orders, 404 GET /v1/orders, 401 ${WEBHOOK_ROUTE}, 404 ${WEBHOOK_ROUTE}`,
      TooManyRequests: '429 GET /v1/orders',
      WebhooksThrottled: `429 ${WEBHOOK_ROUTE}`,
    });
    const routes = Object.values(stack.ofType('AWS::ApiGatewayV2::Route'));
    expect(routes.map(({ Properties }) => Properties.RouteKey)).toContain(WEBHOOK_ROUTE);
  });

  it('watch each index of the tables for throttles, too', () => {
    const tables = Object.entries(stack.ofType('AWS::DynamoDB::Table'));
    expect(tables).toHaveLength(2);
    const expected = tables.flatMap(([id, { Properties }]) => [
      `${id} `,
      ...Properties.GlobalSecondaryIndexes.map(
        ({ IndexName }: { IndexName: string }) => `${id} ${IndexName}`,
      ),
    ]);
    for (const id of ['TableReadThrottles', 'TableWriteThrottles']) {
      const [sum, ...metrics] = alarmNamed(id).Metrics;
      expect(sum.Expression).toBe(`SUM([${metrics.map(({ Id }: { Id: string }) => Id).join(', ')}])`);
      const watched = metrics.map(
        // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape
        ({ MetricStat }: any) => {
          const dimensionOf = (dimension: string) =>
            MetricStat.Metric.Dimensions.find(({ Name }: { Name: string }) => Name === dimension)?.Value;
          return `${dimensionOf('TableName').Ref} ${dimensionOf('GlobalSecondaryIndexName') ?? ''}`;
        },
      );
      expect(watched.sort()).toEqual(expected.sort());
    }
  });

  it('watch both readers of the stream, each by its own mapping', () => {
    const mappings = alarms
      .filter(({ MetricName }) => MetricName === 'FailedInvokeEventCount')
      .map(({ Dimensions }) => JSON.stringify(Dimensions));
    expect(new Set(mappings).size).toBe(2);
  });

  it('treat missing data as a fault where data must exist, as no change of a level, and as good everywhere else', () => {
    const treated = alarmsOf(everything).map((alarm) => {
      const mustExist = alarm.ComparisonOperator === 'LessThanThreshold';
      const expected = mustExist ? 'breaching' : isLevel(alarm) ? 'ignore' : 'notBreaching';
      expect(alarm.TreatMissingData, alarm.MetricName).toBe(expected);
      return expected;
    });
    expect(new Set(treated)).toEqual(new Set(['breaching', 'ignore', 'notBreaching']));
  });

  it('go off while something waits for a repair, and are over when a redrive found nothing', () => {
    for (const metric of ['RedriveLeft', 'QuarantineWaiting', 'CriticalResultsOverdue']) {
      expectOn(metric, {
        Statistic: 'Maximum',
        Threshold: 1,
        Period: 300,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
    expectOn('EndpointDisabled', { Statistic: 'Maximum' });
    expectOn('RedriveFinished', { EvaluationPeriods: 3, Period: 300 });
    // Nothing can measure what was dropped, so the alarm outlasts a night.
    expectOn('DroppedEventCount', { Period: 86_400, EvaluationPeriods: 1 });
  });

  it('evaluate no longer period than CloudWatch allows', () => {
    for (const settings of [{ sweepEvery: 'PT59M' }, longestPeriods]) {
      for (const { Metrics, EvaluationPeriods, ...alarm } of alarmsOf(synthesize(settings))) {
        const { Period = Metrics?.[1].MetricStat.Period } = alarm;
        expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3_600 ? 86_400 : 7 * 86_400);
      }
    }
  });

  it('wait two intervals of the sweep before they report that it stopped', () => {
    expectOn('SweepFinished', { EvaluationPeriods: 2, Period: 900 });
    expect(JSON.stringify(alarmsOn('SweepFinished'))).toContain('for 30 minutes');
  });

  it('wait for the configured hours without webhooks, and five minutes of lag', () => {
    expectOn('WebhookApplied', { EvaluationPeriods: 72, Period: 3_600 });
    expectOn('IteratorAge', { Threshold: 300_000 });
    const others = alarmsOf(synthesize(customSettings));
    expect(others.some(({ MetricName }) => MetricName === 'WebhookApplied')).toBe(false);
  });
});
