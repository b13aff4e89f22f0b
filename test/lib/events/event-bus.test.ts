import { describe, expect, it } from 'vitest';
import { TOPICS_TESTED } from '../../../core/events/source.ts';
import { MAILED_EVENT_TYPES } from '../../../core/use-cases/review/event-mail.ts';
import { customSettings, type SynthesizedStack, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const [busId] = Object.keys(stack.ofType('AWS::Events::EventBus'));
const rules = Object.values(stack.ofType('AWS::Events::Rule')).map(({ Properties }) => Properties);

describe('the bus', () => {
  it('is named after the stack, encrypted with our key, and keeps events that it could not encrypt', () => {
    const { Properties: bus } = stack.only('AWS::Events::EventBus');
    expect(bus.Name).toBe('redraw-tracker-prod');
    expect(synthesize(customSettings).only('AWS::Events::EventBus').Properties.Name).toBe(
      'redraw-tracker-test',
    );
    const [queueId] = Object.keys(stack.ofType('AWS::SQS::Queue'));
    expect(bus.DeadLetterConfig.Arn).toEqual({ 'Fn::GetAtt': [queueId, 'Arn'] });
    const keyId = bus.KmsKeyIdentifier['Fn::GetAtt'][0];
    const archive = stack.only('AWS::Events::Archive').Properties;
    expect(archive.KmsKeyIdentifier).toEqual(bus.KmsKeyIdentifier);
    const statements = stack.ofType('AWS::KMS::Key')[keyId]?.Properties.KeyPolicy.Statement;
    const forEvents = statements.filter(
      ({ Principal }: { Principal: { Service?: string } }) => Principal.Service === 'events.amazonaws.com',
    );
    // Only describing the key needs no condition, because it gives no access.
    for (const { Action, Condition } of forEvents) {
      if (Action !== 'kms:DescribeKey') {
        expect(Condition.StringEquals['kms:EncryptionContext:aws:events:event-bus:arn']).toBeDefined();
      }
    }
    expect(forEvents.flatMap(({ Action }: { Action: string | string[] }) => Action)).toContain(
      'kms:ReEncrypt*',
    );
  });

  it('archives events for 90 days', () => {
    expect(stack.only('AWS::Events::Archive').Properties).toMatchObject({
      RetentionDays: 90,
      EventPattern: { source: ['redraw-tracker'] },
      SourceArn: { 'Fn::GetAtt': [busId, 'Arn'] },
    });
  });

  it('logs every event of ours, and only that rule can write to the log', () => {
    const logged = rules.filter(({ EventPattern }) => EventPattern['detail-type'] === undefined);
    expect(logged.map(({ EventPattern }) => EventPattern)).toEqual([{ source: ['redraw-tracker'] }]);
    expect(JSON.stringify(logged[0].Targets[0].Arn)).toContain(':log-group:');
    const policy = JSON.stringify(stack.only('AWS::Logs::ResourcePolicy').Properties.PolicyDocument);
    expect(policy).toContain('events.amazonaws.com');
    expect(policy).toContain('aws:SourceArn');
  });

  it('has all rules, and none of them loses an event silently', () => {
    for (const { EventBusName, EventPattern, Targets } of rules) {
      expect(EventBusName).toEqual({ Ref: busId });
      expect(EventPattern.source).toEqual(['redraw-tracker']);
      for (const { DeadLetterConfig, RetryPolicy } of Targets) {
        expect(DeadLetterConfig.Arn).toBeDefined();
        expect(RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
      }
    }
  });
});

describe('notifications to operators', () => {
  const { id, resource } = stack.functionNamed('operator-mails');
  const noticesOf = (of: SynthesizedStack) =>
    Object.values(of.ofType('AWS::Events::Rule'))
      .map(({ Properties }) => Properties)
      .filter(({ Targets }) => Targets[0].Arn['Fn::GetAtt']?.[0] === of.functionNamed('operator-mails').id);

  it('are sent for the events that have a mail and for a test, by rules that may invoke the function', () => {
    const types = noticesOf(stack).flatMap(({ EventPattern }) => EventPattern['detail-type']);
    expect(types.sort()).toEqual([...MAILED_EVENT_TYPES, TOPICS_TESTED].sort());
    const permitted = Object.values(stack.ofType('AWS::Lambda::Permission')).filter(
      ({ Properties: { FunctionName } }) => FunctionName['Fn::GetAtt'][0] === id,
    );
    expect(permitted).toHaveLength(noticesOf(stack).length);
    for (const { Properties } of permitted) expect(Properties.SourceArn).toBeDefined();
  });

  it('about a critical result also go to a separate topic that a pager can subscribe to', () => {
    const [operators, critical] = Object.keys(stack.ofType('AWS::SNS::Topic'));
    expect(resource.Properties.Environment.Variables).toMatchObject({
      OPERATORS_TOPIC_ARN: { Ref: operators },
      CRITICAL_RESULTS_TOPIC_ARN: { Ref: critical },
    });
    const subscriptions = Object.values(
      synthesize({ operatorEmail: 'ops@example.com' }).ofType('AWS::SNS::Subscription'),
    );
    expect(subscriptions.map(({ Properties }) => Properties.TopicArn)).toEqual([{ Ref: operators }]);
  });

  it('are about the configured team and about events without a team, and about every team without one', () => {
    for (const { EventPattern } of noticesOf(stack)) expect(EventPattern.detail?.team_id).toBeUndefined();
    for (const { EventPattern } of noticesOf(synthesize({ teamId: 'team-1' })))
      expect(EventPattern.detail.team_id).toEqual(['team-1', null]);
  });

  it('are never about history', () => {
    const rules = noticesOf(stack);
    expect(rules.map(({ EventPattern }) => EventPattern.detail.historical)).toEqual(rules.map(() => [false]));
  });

  it('are about critical results only while the deployment only watches', () => {
    const watching = synthesize({ watchOnly: 'on' });
    const types = noticesOf(watching).flatMap(({ EventPattern }) => EventPattern['detail-type']);
    expect(types.sort()).toEqual(['Critical Result Reported', TOPICS_TESTED]);
    for (const name of ['publish', 'review'])
      expect(watching.functionNamed(name).resource.Properties.Environment.Variables.WATCH_ONLY).toBe('on');
  });

  it('that fail are kept', () => {
    const [config] = Object.values(stack.ofType('AWS::Lambda::EventInvokeConfig')).filter(
      ({ Properties }) => Properties.FunctionName.Ref === id,
    );
    expect(config?.Properties.DestinationConfig.OnFailure.Destination).toBeDefined();
  });
});
