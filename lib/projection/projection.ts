import { Duration } from 'aws-cdk-lib';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { SearchableKind } from '../../core/store/table-layout.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { FailedRecords } from '../streams/failed-records.ts';
import { StreamFeed } from '../streams/stream-feed.ts';

export interface ProjectionProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly failures: FailedRecords;
}

/** Derives transactions from orders: a function that recomputes them, fed by changes of order items. */
export class Projection extends Construct {
  readonly function: ServiceFunction;
  readonly feed: StreamFeed;

  constructor(scope: Construct, id: string, { context, table, failures }: ProjectionProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Recompute', {
      context,
      name: 'recompute',
      description: 'Recomputes the transactions of changed orders',
      timeout: Duration.seconds(60),
    });
    this.function.addClockVariables();
    table.grant(this.function);
    this.feed = new StreamFeed(this, 'OrderChanges', {
      context,
      table,
      fn: this.function,
      failures,
      // The function's own writes also appear on the stream. Without this filter it would invoke itself.
      patterns: [
        {
          events: ['INSERT', 'MODIFY'],
          dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('ORDER' satisfies SearchableKind) } } },
        },
      ],
    });
  }
}
