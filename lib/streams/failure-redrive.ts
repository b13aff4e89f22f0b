import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DomainEventBus } from '../events/event-bus.ts';
import type { OperatorsTopic } from '../events/operators-topic.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import { Schedules } from '../schedules/schedules.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { QuarantineTable } from '../storage/quarantine-table.ts';
import type { FailedRecords } from './failed-records.ts';

export interface FailureRedriveProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly quarantine: QuarantineTable;
  readonly failures: FailedRecords;
  readonly events: DomainEventBus;
  readonly deadLetters: DeadLetterQueue;
  /** The topics whose subscriptions are counted. */
  readonly operators: OperatorsTopic;
  readonly criticalResults: OperatorsTopic;
}

/**
 * Processes discarded stream records again on schedule: recomputes orders and publishes missed events. Measures what waits for
 * a person: the quarantine, and critical results that nobody has acknowledged. Counts who would hear of it.
 */
export class FailureRedrive extends Construct {
  readonly function: ServiceFunction;
  /** The time from one run to the next. */
  readonly interval = Duration.minutes(5);

  constructor(scope: Construct, id: string, props: FailureRedriveProps) {
    super(scope, id);
    const { context, table, quarantine, failures, events, deadLetters, operators, criticalResults } = props;
    this.function = new ServiceFunction(this, 'Redrive', {
      context,
      name: 'redrive',
      description: 'Redrives discarded stream records',
      timeout: Duration.minutes(5),
      environment: {
        CRITICAL_NO_ACKNOWLEDGEMENT: context.configuration.criticalNoAcknowledgement,
        ...(context.configuration.teamId !== undefined && { TEAM_ID: context.configuration.teamId }),
      },
    });
    this.function.addClockVariables();
    failures.grantRedrive(this.function);
    table.grant(this.function);
    // Its keys are counted.
    quarantine.grantList(this.function);
    events.grantPublish(this.function);
    this.function.addWatchingVariable();
    operators.grantCount(this.function, 'OPERATORS_TOPIC_ARN');
    criticalResults.grantCount(this.function, 'CRITICAL_RESULTS_TOPIC_ARN');
    const schedules = new Schedules(this, 'Schedules', {
      fn: this.function,
      deadLetters,
      maxAge: this.interval,
    });
    schedules.add('Regular', {
      description: 'redraw-tracker: redrive discarded stream records',
      expression: ScheduleExpression.rate(this.interval),
    });
  }
}
