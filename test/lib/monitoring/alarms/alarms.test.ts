import { describe, expect, it } from 'vitest';
import { logPattern } from '../../../../local/metrics/metric-filters.ts';
import { customSettings, longestPeriods, serviceNames, synthesize } from '../../synthesized-stack.ts';
import { alarmsOf } from './synthesized-alarms.ts';

const stack = synthesize();
const alarms = alarmsOf(stack);
const [topicId, criticalTopicId] = Object.keys(stack.ofType('AWS::SNS::Topic'));

/** What these measure still waits, or is still so, while nothing is measured. */
const staysWithoutData = new Set([
  'RedriveLeft',
  'QuarantineWaiting',
  'CriticalResultsOverdue',
  'SubscribersMissing',
  'EndpointDisabled',
  'SweepSkipped',
  'SweepBehind',
  'ApproximateNumberOfMessagesVisible',
]);

/** Functions whose failures other alarms report, or that only a person invokes. */
const withoutErrorsAlarm = ['publish', 'rebuild', 'recompute'];

/** As the access log spells it. */
const WEBHOOK_ROUTE = 'ANY /webhooks/junction';

const ofLambda = (metric: string) => `AWS/Lambda ${metric}`;
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

  it('cover every fault between Junction, an answer and an operator', () => {
    const ofRules = ['Errors', 'Throttles'];
    const watched = alarms
      .filter(({ MetricName }) => !ofRules.includes(MetricName))
      .map(({ Namespace, MetricName, Metrics }) =>
        MetricName
          ? `${Namespace} ${MetricName}`
          : `${Metrics[1].MetricStat.Metric.Namespace} ${Metrics[1].MetricStat.Metric.MetricName}`,
      )
      .sort();
    expect(watched).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/DynamoDB ReadThrottleEvents',
      'AWS/DynamoDB SystemErrors',
      'AWS/DynamoDB WriteThrottleEvents',
      ...['DroppedEventCount', 'DroppedEventCount'].map(ofLambda),
      ...['FailedInvokeEventCount', 'FailedInvokeEventCount'].map(ofLambda),
      ...['IteratorAge', 'IteratorAge'].map(ofLambda),
      'AWS/SNS NumberOfNotificationsFailed',
      'AWS/SNS NumberOfNotificationsFailed',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
      'RedrawTracker/prod ClientErrors',
      'RedrawTracker/prod CriticalResultsOverdue',
      'RedrawTracker/prod DeliveryExhausted',
      'RedrawTracker/prod EndpointDisabled',
      'RedrawTracker/prod ItemDamaged',
      'RedrawTracker/prod QuarantineWaiting',
      'RedrawTracker/prod RedriveFinished',
      'RedrawTracker/prod RedriveLeft',
      'RedrawTracker/prod ReviewSent',
      'RedrawTracker/prod SubscribersMissing',
      'RedrawTracker/prod SweepBehind',
      'RedrawTracker/prod SweepFinished',
      'RedrawTracker/prod SweepSkipped',
      'RedrawTracker/prod TooManyRequests',
      'RedrawTracker/prod WebhookApplied',
      'RedrawTracker/prod WebhookFailed',
      'RedrawTracker/prod WebhookRefused',
      'RedrawTracker/prod WebhooksThrottled',
    ]);
  });

  it.each([
    ['throttles', 'Throttles', []],
    ['errors', 'Errors', withoutErrorsAlarm],
  ])('watch the %s of every function, apart from those that are named here', (_, metric, without) => {
    const functions = serviceNames(stack).filter((name) => !without.includes(name));
    const watched = alarmsOn(metric).map(({ Dimensions }) => Dimensions[0].Value.Ref);
    expect(watched.sort()).toEqual(functions.map((name) => stack.functionNamed(name).id).sort());
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

  it('watch both tables and each of their indexes for throttles, with as many metrics as an alarm takes', () => {
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
      expect(metrics.length).toBeLessThanOrEqual(10);
    }
    expect(alarmNamed('TableSystemErrors').Metrics.length - 1).toBeLessThanOrEqual(10);
  });

  it('watch both readers of the stream, each by its own mapping', () => {
    const mappings = alarms
      .filter(({ MetricName }) => MetricName === 'FailedInvokeEventCount')
      .map(({ Dimensions }) => JSON.stringify(Dimensions));
    expect(new Set(mappings).size).toBe(2);
  });

  it('treat missing data as a fault where data must exist, and as good everywhere else', () => {
    const speakers = ['WebhookApplied', 'SweepFinished', 'ReviewSent', 'RedriveFinished'];
    for (const alarm of alarms.filter(({ MetricName }) => !staysWithoutData.has(MetricName))) {
      const speaks = speakers.includes(alarm.MetricName);
      expect(alarm.TreatMissingData).toBe(speaks ? 'breaching' : 'notBreaching');
    }
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
    for (const metric of staysWithoutData) expectOn(metric, { TreatMissingData: 'ignore' });
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

  it('follow the configured hours and minutes', () => {
    expectOn('WebhookApplied', { EvaluationPeriods: 72, Period: 3_600 });
    expectOn('IteratorAge', { Threshold: 300_000 });
    const others = alarmsOf(synthesize(customSettings));
    expect(others.some(({ MetricName }) => MetricName === 'WebhookApplied')).toBe(false);
    const lags = others.filter(({ MetricName }) => MetricName === 'IteratorAge');
    expect(lags.map(({ Threshold }) => Threshold)).toEqual([3_600_000, 3_600_000]);
  });
});
