import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SynthesizedStack } from './synthesized-stack.ts';

const stack = new SynthesizedStack({ operatorEmail: 'lab-ops@example.com' });
const alarms = Object.values(stack.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const [topicId] = Object.keys(stack.ofType('AWS::SNS::Topic'));

const alarmOn = (metric: string) => alarms.find(({ MetricName }) => MetricName === metric);

describe('alarms', () => {
  it('tell the operators when they go off and when they are over', () => {
    for (const alarm of alarms) {
      expect(alarm.AlarmActions).toEqual([{ Ref: topicId }]);
      expect(alarm.OKActions).toEqual([{ Ref: topicId }]);
    }
  });

  it('say in a sentence what they mean and where to read on, each somewhere else', () => {
    const sections = alarms.map(({ AlarmDescription }) => {
      const [, sentence = '', section = ''] =
        /^(.*\.) What to do: (docs\/runbook\.md#[a-z-]+)$/.exec(AlarmDescription) ?? [];
      expect(sentence.length).toBeGreaterThan(40);
      return section;
    });
    expect(new Set(sections).size).toBe(alarms.length);
  });

  it('cover what can go wrong between Junction and an answer', () => {
    const watched = alarms.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`).sort();
    expect(watched).toEqual([
      'AWS/ApiGateway 5xx',
      'AWS/Lambda DroppedEventCount',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Lambda FailedInvokeEventCount',
      'AWS/Lambda IteratorAge',
      'AWS/Lambda OnFailureDestinationDeliveredEventCount',
      'AWS/Lambda Throttles',
      'RedrawTracker/prod WebhookFailed',
      'RedrawTracker/prod WebhookRefused',
      'RedrawTracker/prod Webhook_applied',
      'RedrawTracker/prod Webhook_quarantined',
    ]);
  });

  it('wait for metrics that the webhook function really counts', () => {
    const source = readFileSync(
      join(import.meta.dirname, '..', '..', 'functions', 'webhook', 'handler.ts'),
      'utf8',
    );
    const own = alarms.filter(({ Namespace }) => Namespace === 'RedrawTracker/prod');
    for (const { MetricName } of own) {
      const counted = MetricName.startsWith('Webhook_')
        ? /addMetric\(`Webhook_\$\{outcome\}`/
        : new RegExp(`addMetric\\('${MetricName}'`);
      expect(source).toMatch(counted);
    }
  });

  it('take silence of webhooks for a fault, and silence of anything else for good news', () => {
    for (const alarm of alarms) {
      const silence = alarm.MetricName === 'Webhook_applied';
      expect(alarm.TreatMissingData).toBe(silence ? 'breaching' : 'notBreaching');
    }
  });

  it('follow the configured hours and minutes', () => {
    expect(alarmOn('Webhook_applied')).toMatchObject({ EvaluationPeriods: 72, Period: 3_600 });
    expect(alarmOn('IteratorAge')).toMatchObject({ Threshold: 300_000 });
    const other = new SynthesizedStack({ webhookSilenceHours: 0, projectionLagMinutes: 60 });
    const metrics = Object.values(other.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
    expect(metrics.some(({ MetricName }) => MetricName === 'Webhook_applied')).toBe(false);
    expect(metrics.find(({ MetricName }) => MetricName === 'IteratorAge')).toMatchObject({
      Threshold: 3_600_000,
    });
  });

  it('do not mix two stages of one account', () => {
    const test = new SynthesizedStack({ stage: 'test' });
    const namespaces = Object.values(test.ofType('AWS::CloudWatch::Alarm')).map(
      ({ Properties }) => Properties.Namespace,
    );
    expect(namespaces).toContain('RedrawTracker/test');
    expect(namespaces).not.toContain('RedrawTracker/prod');
    const { Environment } = test.functionNamed('webhook').resource.Properties;
    expect(Environment.Variables.POWERTOOLS_METRICS_NAMESPACE).toBe('RedrawTracker/test');
  });
});

describe('the operators’ topic', () => {
  it('takes alarms of this account over TLS, and its key lets them in', () => {
    const [, allow] = stack.only('AWS::SNS::TopicPolicy').Properties.PolicyDocument.Statement;
    const ofThisAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
    const cloudWatch = { Service: 'cloudwatch.amazonaws.com' };
    expect(allow).toMatchObject({ Effect: 'Allow', Principal: cloudWatch, Condition: ofThisAccount });
    const keyId = stack.only('AWS::SNS::Topic').Properties.KmsMasterKeyId['Fn::GetAtt'][0];
    const statements = stack.ofType('AWS::KMS::Key')[keyId]?.Properties.KeyPolicy.Statement;
    expect(statements).toContainEqual(
      expect.objectContaining({ Principal: cloudWatch, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] }),
    );
  });

  it('writes to the configured address, or to nobody', () => {
    stack.template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'email',
      Endpoint: 'lab-ops@example.com',
    });
    new SynthesizedStack().template.resourceCountIs('AWS::SNS::Subscription', 0);
  });
});
