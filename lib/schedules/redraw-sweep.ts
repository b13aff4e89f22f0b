import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { parseDuration } from '../../core/domain/duration.ts';
import type { OperatorsTopic } from '../events/operators-topic.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import { Schedules } from './schedules.ts';

export interface RedrawSweepProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly deadLetters: DeadLetterQueue;
  /** Holds the team's key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/** Where the links of the mail about history lead. */
interface HistoryLinks {
  readonly worklist: string;
  readonly criticalResults: string;
  readonly runbook: string;
}

/** Flags stale redraws on schedule, after it has asked Junction for their state. */
export class RedrawSweep extends Construct {
  readonly function: ServiceFunction;
  /** The time from one run to the next. */
  readonly interval: Duration;

  constructor(scope: Construct, id: string, props: RedrawSweepProps) {
    super(scope, id);
    const { context, table, deadLetters, junctionApiKey } = props;
    const { configuration } = context;
    this.interval = Duration.millis(parseDuration(configuration.sweepEvery) ?? 0);
    this.function = new ServiceFunction(this, 'Sweep', {
      context,
      name: 'sweep',
      description: 'Flags overdue redraws after checking with Junction',
      timeout: Duration.minutes(5),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        SWEEP_EVERY: configuration.sweepEvery,
        CHECK_UPDATES: configuration.checkUpdates,
        CHECK_DRAWS: configuration.checkDraws,
      },
    });
    this.function.addClockVariables();
    this.function.addReadingVariables();
    this.function.addWatchingVariable();
    this.function.readSecret(junctionApiKey, 'JUNCTION_API_KEY_ARN');
    table.grant(this.function);
    this.addSchedule(deadLetters);
  }

  /** Lets it mail operators, once, what was there before the service watched. */
  mailHistory(operators: OperatorsTopic, { worklist, criticalResults, runbook }: HistoryLinks): void {
    operators.grantPublish(this.function, 'OPERATORS_TOPIC_ARN');
    this.function.lambda.addEnvironment('WORKLIST_URL', worklist);
    this.function.lambda.addEnvironment('CRITICAL_RESULTS_URL', criticalResults);
    this.function.lambda.addEnvironment('RUNBOOK_URL', runbook);
  }

  private addSchedule(deadLetters: DeadLetterQueue): void {
    // The next run does the work of one that is late by more than an interval.
    const schedules = new Schedules(this, 'Schedules', {
      fn: this.function,
      deadLetters,
      maxAge: this.interval,
    });
    schedules.add('Regular', {
      description: 'redraw-tracker: look for stale redraws',
      expression: ScheduleExpression.rate(this.interval),
    });
  }
}
