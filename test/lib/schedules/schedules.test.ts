import { describe, expect, it } from 'vitest';
import { customSettings, longestPeriods, type SynthesizedStack, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();

/** Everything that runs on schedule: the function, the expression, the time zone and the input. */
function runs(synthesized: SynthesizedStack): unknown[][] {
  const names = new Map(
    ['rebuild', 'sweep', 'review', 'redrive'].map(
      (name) => [synthesized.functionNamed(name).id, name] as const,
    ),
  );
  return Object.values(synthesized.ofType('AWS::Scheduler::Schedule'))
    .map(({ Properties: { Target, ScheduleExpression, ScheduleExpressionTimezone } }) => [
      names.get(Target.Arn['Fn::GetAtt'][0]),
      ScheduleExpression,
      ScheduleExpressionTimezone,
      JSON.parse(Target.Input),
    ])
    .sort();
}

const time = '<aws.scheduler.scheduled-time>';
const RECOUNT = ['rebuild', 'cron(0 9 ? * SUN *)', 'Etc/UTC', { time, counters_only: true, seconds: 840 }];

describe('the schedules', () => {
  it('are the sweep every quarter of an hour, the redrive every five minutes, and the review and the recount once a week', () => {
    expect(runs(stack)).toEqual([
      RECOUNT,
      ['redrive', 'rate(5 minutes)', 'Etc/UTC', { time }],
      ['review', 'cron(0 9 ? * MON *)', 'UTC', { time, scope: 'open' }],
      ['sweep', 'rate(15 minutes)', 'Etc/UTC', { time }],
    ]);
  });

  it('follow the configuration', () => {
    const other = synthesize(customSettings);
    expect(runs(other)).toEqual([
      RECOUNT,
      ['redrive', 'rate(5 minutes)', 'Etc/UTC', { time }],
      ['review', 'cron(0 0 * * ? *)', 'America/New_York', { time, scope: 'stale' }],
      ['review', 'cron(0 0 ? * MON *)', 'America/New_York', { time, scope: 'open' }],
      ['sweep', 'rate(1 minute)', 'Etc/UTC', { time }],
    ]);
  });

  it('can invoke their function and send dead letters, and nothing else', () => {
    for (const { Properties } of Object.values(stack.ofType('AWS::Scheduler::Schedule'))) {
      const roleId = Properties.Target.RoleArn['Fn::GetAtt'][0];
      expect(stack.statementsOfRole(roleId)).toEqual([
        { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: Properties.Target.Arn },
        { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: Properties.Target.DeadLetterConfig.Arn },
      ]);
      expect(Object.keys(stack.trustOf(roleId).Condition.StringEquals).sort()).toEqual([
        'aws:SourceAccount',
        'aws:SourceArn',
      ]);
    }
  });

  it('are created after their group and permissions, and removed with the stack', () => {
    for (const { DependsOn = [] } of Object.values(stack.ofType('AWS::Scheduler::Schedule'))) {
      expect(DependsOn.some((id) => id in stack.ofType('AWS::Scheduler::ScheduleGroup'))).toBe(true);
      expect(DependsOn.some((id) => id in stack.ofType('AWS::IAM::ManagedPolicy'))).toBe(true);
    }
    for (const { DeletionPolicy } of Object.values(stack.ofType('AWS::Scheduler::ScheduleGroup'))) {
      expect(DeletionPolicy).toBe('Delete');
    }
  });

  it('have retries for as long as a run is useful, and then a dead letter', () => {
    const [queueId] = Object.keys(stack.ofType('AWS::SQS::Queue'));
    const queue = { 'Fn::GetAtt': [queueId, 'Arn'] };
    const patience = (name: string) => {
      const { id } = stack.functionNamed(name);
      const schedule = Object.values(stack.ofType('AWS::Scheduler::Schedule')).find(
        ({ Properties }) => Properties.Target.Arn['Fn::GetAtt'][0] === id,
      )?.Properties.Target;
      const calls = Object.values(stack.ofType('AWS::Lambda::EventInvokeConfig')).find(
        ({ Properties }) => Properties.FunctionName.Ref === id,
      )?.Properties;
      expect(schedule.DeadLetterConfig.Arn).toEqual(queue);
      // The maximum of Scheduler and Lambda: the age is the limit.
      expect(schedule.RetryPolicy.MaximumRetryAttempts).toBe(185);
      expect(calls.MaximumRetryAttempts).toBe(2);
      expect(calls.DestinationConfig.OnFailure.Destination).toEqual(queue);
      return [schedule.RetryPolicy.MaximumEventAgeInSeconds, calls.MaximumEventAgeInSeconds];
    };
    expect(patience('sweep')).toEqual([900, 900]);
    expect(patience('review')).toEqual([21_600, 21_600]);
    expect(patience('redrive')).toEqual([300, 300]);
  });

  it('stay within the limits of Lambda and Scheduler for the age of an event', () => {
    const ages = (settings: Record<string, unknown>) => {
      const other = synthesize(settings);
      const { id } = other.functionNamed('sweep');
      const calls = Object.values(other.ofType('AWS::Lambda::EventInvokeConfig')).find(
        ({ Properties }) => Properties.FunctionName.Ref === id,
      );
      return calls?.Properties.MaximumEventAgeInSeconds;
    };
    expect(ages(longestPeriods)).toBe(21_600);
    expect(ages(customSettings)).toBe(60);
  });
});

describe('the sweep', () => {
  it('has time, and reserves no concurrency, which a new account has none of', () => {
    const { Timeout, ReservedConcurrentExecutions } = stack.functionNamed('sweep').resource.Properties;
    expect([Timeout, ReservedConcurrentExecutions]).toEqual([300, undefined]);
  });
});

describe('the dead letters', () => {
  it('are encrypted, kept for two weeks, and taken over TLS from our own bus and its rules only', () => {
    const { Properties } = stack.only('AWS::SQS::Queue');
    expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    const [tls, ...allowed] = stack.only('AWS::SQS::QueuePolicy').Properties.PolicyDocument.Statement;
    expect(tls).toMatchObject({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    const [bus = ''] = Object.keys(stack.ofType('AWS::Events::EventBus'));
    expect(allowed).toHaveLength(2);
    const from = (sourceArn: unknown) => ({
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': sourceArn } },
    });
    expect(allowed).toMatchObject([
      from({ 'Fn::GetAtt': [bus, 'Arn'] }),
      from({ 'Fn::Join': ['', expect.arrayContaining([':rule/', { Ref: bus }, '/*'])] }),
    ]);
  });
});
