import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redrawMetrics } from '../../../core/telemetry/metric-names.ts';
import { counters } from '../../../lib/monitoring/metrics.ts';
import {
  customSettings,
  longestPeriods,
  type SynthesizedStack,
  synthesize,
  withEntrance,
} from '../synthesized-stack.ts';

const stack = synthesize();
const alarms = Object.values(stack.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const [topicId] = Object.keys(stack.ofType('AWS::SNS::Topic'));

const root = join(import.meta.dirname, '..', '..', '..');

/** What these measure still waits, or is still so, while nothing is measured. */
const staysWithoutData = new Set([
  'RedriveLeft',
  'QuarantineWaiting',
  'EndpointDisabled',
  'SweepSkipped',
  'SweepBehind',
  'ApproximateNumberOfMessagesVisible',
]);

const webhookOutcomes = ['applied', 'merged', 'superseded', 'duplicate', 'ignored', 'quarantined'];

function sourceOf(service: string): string {
  const folder = join(root, 'functions', service);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

const ofLambda = (metric: string) => `AWS/Lambda ${metric}`;
const alarmsOn = (metric: string) => alarms.filter(({ MetricName }) => MetricName === metric);
const alarmOn = (metric: string) => alarmsOn(metric)[0];

function alarmNamed(name: string) {
  const found = Object.entries(stack.ofType('AWS::CloudWatch::Alarm')).find(([id]) =>
    id.includes(`Alarms${name}`),
  );
  return found?.[1].Properties;
}

/** The texts of alarms and notifications. */
function textsOf(synthesized: SynthesizedStack): string[] {
  const descriptions = Object.values(synthesized.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) =>
    JSON.stringify(Properties.AlarmDescription),
  );
  const notices = Object.values(synthesized.ofType('AWS::Events::Rule'))
    .flatMap(({ Properties }) => Properties.Targets)
    .flatMap(({ InputTransformer }) => InputTransformer?.InputTemplate ?? []);
  return [...descriptions, ...notices];
}

describe('alarms', () => {
  it('notify operators when they go off and when they are over', () => {
    for (const alarm of alarms) {
      expect(alarm.AlarmActions).toEqual([{ Ref: topicId }]);
      expect(alarm.OKActions).toEqual([{ Ref: topicId }]);
    }
  });

  it('say in plain sentences what they mean, and link their section of the runbook and the dashboard', () => {
    for (const { AlarmDescription } of alarms) {
      const text = JSON.stringify(AlarmDescription);
      expect(text).toMatch(/"[^"]{60,}\. What to do: docs\/runbook\.md#[a-z-]+ Dashboard: https:/);
      expect(text).toContain('#dashboards/dashboard/redraw-tracker-prod-');
      // The most that CloudWatch takes; a region has at most 14 characters.
      expect(text.length).toBeLessThan(1_024);
    }
    const { DashboardName } = stack.only('AWS::CloudWatch::Dashboard').Properties;
    expect(DashboardName).toEqual({
      'Fn::Join': ['', ['redraw-tracker-prod-', { Ref: 'AWS::Region' }]],
    });
  });

  it('and notifications link the runbook at its configured URL', () => {
    const runbookUrl = 'https://git.example.com/lab/docs/runbook.md';
    const linked = synthesize({ runbookUrl });
    const texts = textsOf(linked);
    expect(texts.filter((text) => !text.includes(`What to do: ${runbookUrl}#`))).toEqual([]);
    expect(texts.length).toBe(textsOf(stack).length);
  });

  it('and notifications link to existing sections of the runbook, and it has no others', () => {
    const wanted = new Set(
      textsOf(stack).flatMap((text) => text.match(/(?<=docs\/runbook\.md#)[a-z-]+/g) ?? []),
    );
    const nearCloudFront = synthesize(withEntrance, 'us-east-1');
    for (const text of textsOf(nearCloudFront)) wanted.add(/(?<=runbook\.md#)[a-z-]+/.exec(text)?.[0] ?? '');
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    // As GitHub makes anchors from headings.
    const anchors = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors.sort()).toEqual([...wanted].sort());
  });

  it('cover every fault between Junction, an answer and an operator', () => {
    const ofRules = ['Throttles', 'ClientErrors', 'TooManyRequests'];
    const watched = alarms
      .filter(({ MetricName }) => !ofRules.includes(MetricName))
      .map(({ Namespace, MetricName, Metrics }) =>
        MetricName ? `${Namespace} ${MetricName}` : `AWS/DynamoDB ${Metrics[1].MetricStat.Metric.MetricName}`,
      )
      .sort();
    expect(watched).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/DynamoDB ReadThrottleEvents',
      'AWS/DynamoDB SystemErrors',
      'AWS/DynamoDB WriteThrottleEvents',
      ...['DroppedEventCount', 'DroppedEventCount'].map(ofLambda),
      ...Array.from({ length: 10 }, () => 'Errors').map(ofLambda),
      ...['FailedInvokeEventCount', 'FailedInvokeEventCount'].map(ofLambda),
      ...['IteratorAge', 'IteratorAge'].map(ofLambda),
      'AWS/SNS NumberOfNotificationsFailed',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
      'RedrawTracker/prod DeliveryExhausted',
      'RedrawTracker/prod EndpointDisabled',
      'RedrawTracker/prod QuarantineWaiting',
      'RedrawTracker/prod RedriveFinished',
      'RedrawTracker/prod RedriveLeft',
      'RedrawTracker/prod ReviewSent',
      'RedrawTracker/prod SweepBehind',
      'RedrawTracker/prod SweepFinished',
      'RedrawTracker/prod SweepSkipped',
      'RedrawTracker/prod WebhookApplied',
      'RedrawTracker/prod WebhookFailed',
      'RedrawTracker/prod WebhookRefused',
    ]);
  });

  it('watch the throttles of every function of the template', () => {
    const functions = Object.entries(stack.ofType('AWS::Lambda::Function'))
      .filter(([, { Properties }]) => Properties.Environment?.Variables?.SERVICE_NAME)
      .map(([id]) => id);
    const watched = alarmsOn('Throttles').map(({ Dimensions }) => Dimensions[0].Value.Ref);
    expect(watched.sort()).toEqual(functions.sort());
  });

  it('watch every route for requests that it refuses, and for those that are too many', () => {
    const routes = Object.values(stack.ofType('AWS::ApiGatewayV2::Route')).map(
      ({ Properties }) => Properties.RouteKey,
    );
    for (const metric of ['ClientErrors', 'TooManyRequests']) {
      const filter = Object.values(stack.ofType('AWS::Logs::MetricFilter')).find(
        ({ Properties }) => Properties.MetricTransformations[0].MetricName === metric,
      );
      // As the access log spells the route key.
      const [{ Dimensions, MetricNamespace }] = filter?.Properties.MetricTransformations ?? [{}];
      expect([Dimensions, MetricNamespace]).toEqual([
        [{ Key: 'route', Value: '$.routeKey' }],
        'RedrawTracker/prod',
      ]);
      const watched = alarmsOn(metric).map(({ Dimensions: [{ Name, Value }] }) => [Name, Value].join(' '));
      expect(watched.sort()).toEqual(routes.map((route) => `route ${route}`).sort());
    }
  });

  it('watch the table and each of its indexes for throttles, with as many metrics as an alarm takes', () => {
    const { GlobalSecondaryIndexes } = stack.only('AWS::DynamoDB::Table').Properties;
    const indexes = GlobalSecondaryIndexes.map(({ IndexName }: { IndexName: string }) => IndexName);
    for (const id of ['TableReadThrottles', 'TableWriteThrottles']) {
      const [sum, ...metrics] = alarmNamed(id).Metrics;
      expect(sum.Expression).toBe(`SUM([${metrics.map(({ Id }: { Id: string }) => Id).join(', ')}])`);
      const watched = metrics.map(
        // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any shape
        ({ MetricStat }: any) =>
          MetricStat.Metric.Dimensions.find(({ Name }: { Name: string }) => Name !== 'TableName')?.Value,
      );
      expect(watched.sort()).toEqual([...indexes, undefined].sort());
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

  it('and the dashboard use metrics that the functions really count', () => {
    const counted = { ...counters, sweep: { ...counters.sweep, ...redrawMetrics } };
    for (const [service, names] of Object.entries(counted)) {
      const source = sourceOf(service);
      const isCounted = (name: string) =>
        source.includes(`Metrics.${name}`) ||
        (webhookOutcomes.includes(name) && source.includes('webhookMetrics[outcome]'));
      expect(Object.keys(names).filter((name) => !isCounted(name))).toEqual([]);
    }
    for (const { Namespace, MetricName, Dimensions } of alarms) {
      if (Namespace !== 'RedrawTracker/prod') continue;
      const [{ Name, Value }] = Dimensions;
      if (Name === 'route') continue;
      expect(Name).toBe('service');
      expect(Object.values(counters[Value as keyof typeof counters])).toContain(MetricName);
    }
  });

  it('treat missing data as a fault where data must exist, and as good everywhere else', () => {
    const speakers = ['WebhookApplied', 'SweepFinished', 'ReviewSent', 'RedriveFinished'];
    for (const alarm of alarms.filter(({ MetricName }) => !staysWithoutData.has(MetricName))) {
      const speaks = speakers.includes(alarm.MetricName);
      expect(alarm.TreatMissingData).toBe(speaks ? 'breaching' : 'notBreaching');
    }
  });

  it('go off while something waits for a repair, and are over when a redrive found nothing', () => {
    for (const metric of ['RedriveLeft', 'QuarantineWaiting']) {
      expect(alarmOn(metric)).toMatchObject({
        ...{ Statistic: 'Maximum', Threshold: 1, Period: 300, EvaluationPeriods: 1 },
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      });
    }
    for (const metric of staysWithoutData)
      expect(alarmOn(metric)).toMatchObject({ TreatMissingData: 'ignore' });
    expect(alarmOn('EndpointDisabled')).toMatchObject({ Statistic: 'Maximum' });
    expect(alarmOn('RedriveFinished')).toMatchObject({ EvaluationPeriods: 3, Period: 300 });
    // Nothing can measure what was dropped, so the alarm outlasts a night.
    expect(alarmOn('DroppedEventCount')).toMatchObject({ Period: 86_400, EvaluationPeriods: 1 });
  });

  it('evaluate no longer period than CloudWatch allows', () => {
    for (const settings of [{ sweepEvery: 'PT59M' }, longestPeriods]) {
      const found = Object.values(synthesize(settings).ofType('AWS::CloudWatch::Alarm'));
      for (const { Properties } of found) {
        const { Period = Properties.Metrics?.[1].MetricStat.Period, EvaluationPeriods } = Properties;
        expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3_600 ? 86_400 : 7 * 86_400);
      }
    }
  });

  it('wait two intervals of the sweep before they report that it stopped', () => {
    expect(alarmOn('SweepFinished')).toMatchObject({ EvaluationPeriods: 2, Period: 900 });
    expect(JSON.stringify(alarmOn('SweepFinished').AlarmDescription)).toContain('for 30 minutes');
  });

  it('follow the configured hours and minutes', () => {
    expect(alarmOn('WebhookApplied')).toMatchObject({ EvaluationPeriods: 72, Period: 3_600 });
    expect(alarmOn('IteratorAge')).toMatchObject({ Threshold: 300_000 });
    const other = synthesize(customSettings);
    const metrics = Object.values(other.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(metrics.some(({ MetricName }) => MetricName === 'WebhookApplied')).toBe(false);
    expect(metrics.find(({ MetricName }) => MetricName === 'IteratorAge')).toMatchObject({
      Threshold: 3_600_000,
    });
  });

  it('do not mix two stages of one account', () => {
    const test = synthesize(customSettings);
    const namespaces = Object.values(test.ofType('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.Namespace,
    );
    expect(namespaces).toContain('RedrawTracker/test');
    expect(namespaces).not.toContain('RedrawTracker/prod');
    const { Environment } = test.functionNamed('webhook').resource.Properties;
    expect(Environment.Variables.METRICS_NAMESPACE).toBe('RedrawTracker/test');
  });
});

describe('the query for what a webhook caused', () => {
  const { LogGroupNames, QueryString } = stack.only('AWS::Logs::QueryDefinition').Properties;

  it('searches every log that the way of a webhook is in', () => {
    const logs = Object.values(stack.ofType('AWS::Lambda::Function'))
      .filter(({ Properties }) => Properties.Environment?.Variables?.SERVICE_NAME)
      .map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
    const accessLog = stack.only('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings.DestinationArn;
    logs.push(accessLog['Fn::GetAtt'][0], 'EventsLogF3A4B60A');
    const searched = LogGroupNames.map(({ Ref }: { Ref: string }) => Ref);
    expect(searched.sort()).toEqual(logs.sort());
    expect(searched.length).toBeLessThanOrEqual(50);
  });

  it('is in the runbook', () => {
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    expect(runbook).toContain(`\`\`\`\n${QueryString}\n\`\`\``);
  });
});

describe('the operators’ topic', () => {
  it('accepts alarms of this account over TLS, and its key allows them', () => {
    const [, allow] = stack.only('AWS::SNS::TopicPolicy').Properties.PolicyDocument.Statement;
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    expect(allow).toMatchObject({ Effect: 'Allow', Principal: cloudWatch, Condition: ofThisAccount });
    const keyId = stack.only('AWS::SNS::Topic').Properties.KmsMasterKeyId['Fn::GetAtt'][0];
    const statements = stack.ofType('AWS::KMS::Key')[keyId]?.Properties.KeyPolicy.Statement;
    const letsIn = statements.find(({ Principal }: { Principal: { Service?: string | string[] } }) =>
      [Principal.Service].flat().includes(cloudWatch.Service),
    );
    expect(letsIn).toMatchObject({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Condition: ofThisAccount,
    });
  });

  it('has the configured address as a subscriber, or none', () => {
    synthesize(customSettings).template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'lab-ops@example.com',
    });
    stack.template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
