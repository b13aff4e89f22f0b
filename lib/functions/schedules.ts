import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ContextAttribute,
  Schedule,
  type ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import type { ServiceFunction } from './service-function.ts';

export interface SchedulesProps {
  readonly fn: ServiceFunction;
  readonly deadLetters: DeadLetterQueue;
  /** How late a run is still worth while; one minute to a day. */
  readonly patience: Duration;
}

export interface ScheduledRun {
  readonly expression: ScheduleExpression;
  readonly description: string;
  /** What the function is told beside `time`, the time it was meant to run at (RFC 3339). */
  readonly input?: Readonly<Record<string, string>>;
}

/**
 * What EventBridge Scheduler and Lambda take for the age of a call, in seconds.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
 * https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html
 */
const shortestPatience = 60;
const longestPatienceOfLambda = 6 * 3_600;

/** As many attempts as each service allows, so that age is the limit wherever it can be. */
const schedulerRetries = 185;
const lambdaRetries = 2;

/** Runs a function by the clock: with the role to call it and nothing else, and never losing a run silently. */
export class Schedules extends Construct {
  private readonly props: SchedulesProps;
  private readonly group: ScheduleGroup;
  private readonly role: Role;
  private readonly permissions: ManagedPolicy;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    this.props = props;
    this.group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: `${Stack.of(this).stackName}-${props.fn.name}`,
      // Left behind, it would go on calling and stand in the way of the next stack.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = this.schedulerRole();
    this.permissions = this.permissionsOf(this.role);
    this.boundRetries();
  }

  add(id: string, { expression, description, input = {} }: ScheduledRun): void {
    const { fn, deadLetters, patience } = this.props;
    const schedule = new Schedule(this, id, {
      schedule: expression,
      description,
      scheduleGroup: this.group,
      target: {
        bind: () => ({
          arn: fn.lambda.functionArn,
          role: this.role,
          input: ScheduleTargetInput.fromObject({ time: ContextAttribute.scheduledTime, ...input }),
          retryPolicy: {
            maximumEventAgeInSeconds: Math.max(patience.toSeconds(), shortestPatience),
            maximumRetryAttempts: schedulerRetries,
          },
          deadLetterConfig: { arn: deadLetters.queue.queueArn },
        }),
      },
    });
    // The group is named by text, so CloudFormation cannot see that it has to be there first.
    schedule.node.addDependency(this.permissions, this.group);
  }

  /** Only schedules of this group can take the role on. */
  private schedulerRole(): Role {
    return new Role(this, 'Role', {
      description: `Calls the redraw-tracker ${this.props.fn.name} function by the clock`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Stack.of(this).account,
            'aws:SourceArn': this.group.scheduleGroupArn,
          },
        },
      }),
    });
  }

  private permissionsOf(role: Role): ManagedPolicy {
    const { fn, deadLetters } = this.props;
    return new ManagedPolicy(this, 'Permissions', {
      description: `What the schedules of the redraw-tracker ${fn.name} function may do`,
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.lambda.functionArn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] }),
      ],
    });
  }

  /**
   * Scheduler hands the call over and is done: what then fails is Lambda's to try again and to give up on. Throttles and
   * errors of Lambda are retried by age; errors of the function twice at most, whatever the age.
   */
  private boundRetries(): void {
    const { fn, deadLetters, patience } = this.props;
    const seconds = Math.min(Math.max(patience.toSeconds(), shortestPatience), longestPatienceOfLambda);
    fn.permit({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] });
    fn.lambda.configureAsyncInvoke({
      maxEventAge: Duration.seconds(seconds),
      retryAttempts: lambdaRetries,
      onFailure: { bind: () => ({ destination: deadLetters.queue.queueArn }) },
    });
  }
}
