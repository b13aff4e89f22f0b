import { Duration, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { RedrawScope } from '../../core/domain/redraw/redraw-states.ts';
import type { DomainEventBus } from '../events/event-bus.ts';
import type { OperatorsTopic } from '../events/operators-topic.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import { Schedules } from '../schedules/schedules.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface RedrawReviewProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly events: DomainEventBus;
  readonly operators: OperatorsTopic;
  readonly deadLetters: DeadLetterQueue;
  /** Where operators see the open redraws. */
  readonly worklistUrl: string;
}

/** Sends operators a mail with the open redraws, weekly and optionally daily. */
export class RedrawReview extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: RedrawReviewProps) {
    super(scope, id);
    const { context, table, events, operators, worklistUrl } = props;
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Review', {
      context,
      name: 'review',
      description: 'Emails the review of open redraws to operators',
      timeout: Duration.minutes(1),
      environment: {
        WORKLIST_URL: worklistUrl,
        RUNBOOK_URL: configuration.runbookUrl,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    table.grant(this.function);
    events.grantPublish(this.function);
    operators.grantPublish(this.function, 'OPERATORS_TOPIC_ARN');
    this.addSchedules(props);
  }

  private addSchedules({ context, deadLetters }: RedrawReviewProps): void {
    const { reviewHour, reviewTimeZone, dailyStaleReview } = context.configuration;
    const schedules = new Schedules(this, 'Schedules', {
      fn: this.function,
      deadLetters,
      maxAge: Duration.hours(6),
    });
    const atTheHour = {
      minute: '0',
      hour: String(reviewHour),
      timeZone: TimeZone.of(reviewTimeZone),
    };
    schedules.add('Weekly', {
      description: 'redraw-tracker: the weekly review of open redraws',
      expression: ScheduleExpression.cron({ ...atTheHour, weekDay: 'MON' }),
      input: { scope: 'open' satisfies RedrawScope },
    });
    if (dailyStaleReview === 'off') return;
    schedules.add('Daily', {
      description: 'redraw-tracker: the daily review of stale redraws',
      expression: ScheduleExpression.cron(atTheHour),
      input: { scope: 'stale' satisfies RedrawScope },
    });
  }
}
