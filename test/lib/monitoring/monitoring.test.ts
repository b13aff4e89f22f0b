import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { redrawMetrics } from '../../../core/telemetry/metric-names.ts';
import { counters } from '../../../lib/monitoring/metrics.ts';
import { customSettings, longestPeriods, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const alarms = Object.values(stack.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const [topicId] = Object.keys(stack.ofType('AWS::SNS::Topic'));

const root = join(import.meta.dirname, '..', '..', '..');

/** What these measure lasts while nothing is counted. */
const staysWithoutData = new Set(['RedriveLeft', 'EndpointDisabled']);

const webhookOutcomes = ['applied', 'merged', 'superseded', 'duplicate', 'ignored', 'quarantined'];

function sourceOf(service: string): string {
  const folder = join(root, 'functions', service);
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

const ofLambda = (metric: string) => `AWS/Lambda ${metric}`;
const alarmOn = (metric: string) => alarms.find(({ MetricName }) => MetricName === metric);

describe('alarms', () => {
  it('notify operators when they go off and when they are over', () => {
    for (const alarm of alarms) {
      expect(alarm.AlarmActions).toEqual([{ Ref: topicId }]);
      expect(alarm.OKActions).toEqual([{ Ref: topicId }]);
    }
  });

  it('say in plain sentences what they mean, and link to their own section of the runbook', () => {
    const sections = alarms.map(({ AlarmDescription }) => {
      const [, sentence = '', section = ''] =
        /^(.*\.) What to do: (docs\/runbook\.md#[a-z-]+)$/.exec(AlarmDescription) ?? [];
      expect(sentence.length).toBeGreaterThan(40);
      return section;
    });
    expect(new Set(sections).size).toBe(alarms.length);
  });

  it('and notifications link to existing sections of the runbook, and it has no others', () => {
    const notices = Object.values(stack.ofType('AWS::Events::Rule')).map(({ Properties }) =>
      JSON.stringify(Properties.Targets),
    );
    const texts = [...alarms.map(({ AlarmDescription }) => AlarmDescription), ...notices];
    const wanted = texts.flatMap((text) => text.match(/(?<=docs\/runbook\.md#)[a-z-]+/g) ?? []);
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    // As GitHub makes anchors from headings.
    const anchors = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors.sort()).toEqual(wanted.sort());
  });

  it('cover every fault between Junction, an answer and an operator', () => {
    const watched = alarms.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`).sort();
    expect(watched).toEqual([
      'AWS/ApiGateway 5xx',
      ...['DroppedEventCount', 'DroppedEventCount'].map(ofLambda),
      ...Array.from({ length: 10 }, () => 'Errors').map(ofLambda),
      ...['FailedInvokeEventCount', 'FailedInvokeEventCount'].map(ofLambda),
      ...['IteratorAge', 'IteratorAge'].map(ofLambda),
      'AWS/Lambda Throttles',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
      'RedrawTracker/prod DeliveryExhausted',
      'RedrawTracker/prod EndpointDisabled',
      'RedrawTracker/prod RedriveFinished',
      'RedrawTracker/prod RedriveLeft',
      'RedrawTracker/prod ReviewSent',
      'RedrawTracker/prod SweepBehind',
      'RedrawTracker/prod SweepFinished',
      'RedrawTracker/prod SweepSkipped',
      'RedrawTracker/prod WebhookApplied',
      'RedrawTracker/prod WebhookFailed',
      'RedrawTracker/prod WebhookQuarantined',
      'RedrawTracker/prod WebhookRefused',
    ]);
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

  it('go off while failed records wait, and are over when a redrive has left none', () => {
    expect(alarmOn('RedriveLeft')).toMatchObject({
      ...{ Statistic: 'Maximum', Threshold: 1, Period: 300, EvaluationPeriods: 1 },
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      // Records still wait if no redrive runs.
      TreatMissingData: 'ignore',
    });
    expect(alarmOn('EndpointDisabled')).toMatchObject({ Statistic: 'Maximum', TreatMissingData: 'ignore' });
    expect(alarmOn('RedriveFinished')).toMatchObject({ EvaluationPeriods: 3, Period: 300 });
  });

  it('evaluate no longer period than CloudWatch allows', () => {
    for (const settings of [{ sweepEvery: 'PT59M' }, longestPeriods]) {
      const found = Object.values(synthesize(settings).ofType('AWS::CloudWatch::Alarm'));
      for (const { Properties } of found) {
        const { Period, EvaluationPeriods } = Properties;
        expect(Period * EvaluationPeriods).toBeLessThanOrEqual(Period < 3_600 ? 86_400 : 7 * 86_400);
      }
    }
  });

  it('wait two intervals of the sweep before they report that it stopped', () => {
    expect(alarmOn('SweepFinished')).toMatchObject({ EvaluationPeriods: 2, Period: 900 });
    expect(alarmOn('SweepFinished').AlarmDescription).toContain('for 30 minutes');
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

  it('stands in the runbook', () => {
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
