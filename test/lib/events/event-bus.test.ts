import { describe, expect, it } from 'vitest';
import { domainEvents } from '../../../core/domain/events/domain-events.ts';
import { customSettings, type SynthesizedStack, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const [busId] = Object.keys(stack.ofType('AWS::Events::EventBus'));
const rules = Object.values(stack.ofType('AWS::Events::Rule')).map(({ Properties }) => Properties);
const [topicId, criticalTopicId] = Object.keys(stack.ofType('AWS::SNS::Topic'));
const noticesTo = (topic: string | undefined) => rules.filter(({ Targets }) => Targets[0].Arn.Ref === topic);
const notices = noticesTo(topicId);

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

  it('archives events for the configured number of days', () => {
    const archive = (synthesized: SynthesizedStack) => synthesized.only('AWS::Events::Archive').Properties;
    expect(archive(stack)).toMatchObject({
      RetentionDays: 90,
      EventPattern: { source: ['redraw-tracker'] },
      SourceArn: { 'Fn::GetAtt': [busId, 'Arn'] },
    });
    expect(archive(synthesize(customSettings)).RetentionDays).toBe(7);
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
  const typesOf = ({ EventPattern }: { EventPattern: Record<string, string[]> }) =>
    EventPattern['detail-type'] ?? [];

  it('are sent for events that need a person', () => {
    expect(notices.flatMap(typesOf).sort()).toEqual([
      'Critical Result Reported',
      'Divergence Opened',
      'Match Review Opened',
      'Order Stalled',
      'Redraw Needs Decision',
      'Redraw Stale',
      'Transaction Anomaly',
    ]);
  });

  it('about a critical result are also sent to a separate topic that a pager can subscribe to', () => {
    const paging = noticesTo(criticalTopicId);
    expect(paging.map(typesOf)).toEqual([['Critical Result Reported']]);
    const [mail] = notices.filter((notice) => typesOf(notice)[0] === 'Critical Result Reported');
    expect(paging[0].Targets[0].InputTransformer).toEqual(mail?.Targets[0].InputTransformer);
    const subscriptions = Object.values(
      synthesize({ operatorEmail: 'ops@example.com' }).ofType('AWS::SNS::Subscription'),
    );
    expect(subscriptions.map(({ Properties }) => Properties.TopicArn)).toEqual([{ Ref: topicId }]);
  });

  it('use fields that the events have, and never a client user id', () => {
    for (const notice of notices) {
      const [type] = typesOf(notice) as [keyof typeof domainEvents];
      const paths = Object.values<string>(notice.Targets[0].InputTransformer.InputPathsMap);
      expect(paths.length).toBeGreaterThan(0);
      for (const path of paths) {
        expect(fieldsOf(domainEvents[type])).toContain(path);
        expect(path).not.toMatch(/user_id|note/);
      }
    }
  });

  it('are lines of text, and the last one links to the runbook', () => {
    for (const { Targets } of notices) {
      const lines: string[] = Targets[0].InputTransformer.InputTemplate.split('\n');
      // Each line is in quotes: EventBridge accepts text of several lines in no other form.
      for (const line of lines) expect(line).toMatch(/^".*"$/);
      expect(lines.at(-1)).toMatch(/docs\/operations\/runbook\.md#[a-z-]+"$/);
    }
  });

  it('are published by a role that can do nothing else', () => {
    const [roleId] = new Set(notices.map(({ Targets }) => Targets[0].RoleArn['Fn::GetAtt'][0]));
    const statements = stack.statementsOfRole(roleId);
    expect(statements.map(({ Action }) => Action)).toEqual([
      'sns:Publish',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    expect(statements[1].Condition.StringEquals['kms:ViaService']).toBeDefined();
    expect(stack.trustOf(roleId).Condition.ArnLike['aws:SourceArn']).toBeDefined();
  });
});

/** The paths of the fields in an event's detail, two levels deep. */
function fieldsOf(schema: object): string[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([field, inner]) => [
    `$.detail.${field}`,
    ...Object.keys(shapeOf(inner) ?? {}).map((within) => `$.detail.${field}.${within}`),
  ]);
}

/** The fields of an object's schema, nullable or not. */
function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  // biome-ignore lint/suspicious/noExplicitAny: the parts of a schema differ by its kind
  const { def } = schema as any;
  return def.innerType?.shape ?? def.shape;
}
