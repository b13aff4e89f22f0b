import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import { Schedules } from '../schedules/schedules.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface RebuildProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly deadLetters: DeadLetterQueue;
  /** The names of the capabilities with items of their own. */
  readonly parts: readonly string[];
}

/**
 * Rebuilds transactions from their orders when people invoke it; docs/operations/rebuild.md describes when and how. Once a week it
 * only compares the counters with the transactions.
 */
export class Rebuild extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, table, deadLetters, parts }: RebuildProps) {
    super(scope, id);
    const { teamId } = context.configuration;
    this.function = new ServiceFunction(this, 'Rebuild', {
      context,
      name: 'rebuild',
      description: 'Rebuilds transactions from their orders on request',
      timeout: Duration.minutes(15),
      memorySize: 1024,
      environment: {
        ...(teamId !== undefined && { TEAM_ID: teamId }),
        ...(parts.length > 0 && { CAPABILITIES: parts.join(',') }),
      },
    });
    this.function.addClockVariables();
    table.grantKeyScan(this.function);
    table.grant(this.function);
    // Only people invoke this function, so it is the one that tries how IAM judges transactions (docs/deploy.md, "Verifying").
    table.grantApart(this.function);
    new Schedules(this, 'Schedules', { fn: this.function, deadLetters, maxAge: Duration.hours(6) }).add(
      'Recount',
      {
        description: 'redraw-tracker: the weekly recount of the totals',
        // Night in the United States: the fewer changes, the more counters can be compared.
        expression: ScheduleExpression.cron({ minute: '0', hour: '9', weekDay: 'SUN' }),
        input: { counters_only: true, seconds: 840 },
      },
    );
  }
}
