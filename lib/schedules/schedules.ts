import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ContextAttribute,
  Schedule,
  type ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import type { ServiceFunction } from '../functions/service-function.ts';

export interface SchedulesProps {
  readonly fn: ServiceFunction;
  readonly deadLetters: DeadLetterQueue;
  /** The delay after which a run is no longer useful; one minute to a day. */
  readonly maxAge: Duration;
}

export interface ScheduledRun {
  readonly expression: ScheduleExpression;
  readonly description: string;
  /** The input of the function, next to `time`, the scheduled time of the run (RFC 3339). */
  readonly input?: Readonly<Record<string, unknown>>;
}

/**
 * The event age that EventBridge Scheduler accepts, in seconds.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
 */
const MIN_EVENT_AGE = 60;

/** The maximum number of attempts, so that age is the limit. */
const MAX_SCHEDULER_RETRIES = 185;

/** Invokes a function on schedules, by a role that can do nothing else. Runs that fail go to the dead-letter queue. */
export class Schedules extends Construct {
  private readonly props: SchedulesProps;
  private readonly group: ScheduleGroup;
  private readonly role: Role;
  private readonly permissions: ManagedPolicy;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    this.props = props;
    this.group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: `${props.fn.serviceName}-${props.fn.name}`,
      // A group that outlives its stack would continue to invoke the function and block a new stack.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = this.schedulerRole();
    this.permissions = this.permissionsOf(this.role);
    // Scheduler invokes the function asynchronously.
    props.deadLetters.acceptFailuresOf(props.fn, props.maxAge);
  }

  add(id: string, { expression, description, input = {} }: ScheduledRun): void {
    const { fn, deadLetters, maxAge } = this.props;
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
            maximumEventAgeInSeconds: Math.max(maxAge.toSeconds(), MIN_EVENT_AGE),
            maximumRetryAttempts: MAX_SCHEDULER_RETRIES,
          },
          deadLetterConfig: { arn: deadLetters.queue.queueArn },
        }),
      },
    });
    // The schedule refers to the group by name, so CloudFormation does not know that the group must exist first.
    schedule.node.addDependency(this.permissions, this.group);
  }

  /** Only schedules of this group can assume the role. */
  private schedulerRole(): Role {
    return new Role(this, 'Role', {
      description: `Invokes the redraw-tracker ${this.props.fn.name} function on schedule`,
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
      description: `Permissions of the schedules of the redraw-tracker ${fn.name} function`,
      roles: [role],
      statements: [
        new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [fn.lambda.functionArn] }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queue.queueArn] }),
      ],
    });
  }
}
