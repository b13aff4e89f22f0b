import { Duration } from 'aws-cdk-lib';
import { FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { CRITICAL_PARTITIONS, type SearchableKind } from '../../core/store/table-layout.ts';
import type { DomainEventBus } from '../events/event-bus.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { FailedRecords } from './failed-records.ts';
import { StreamFeed } from './stream-feed.ts';

export interface OutboxProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly failures: FailedRecords;
  readonly events: DomainEventBus;
}

/**
 * Publishes changes of transactions, match reviews and critical results as events on the bus, and counts those of transactions.
 * It reads the stream and nothing else.
 */
export class Outbox extends Construct {
  readonly function: ServiceFunction;
  readonly feed: StreamFeed;

  constructor(scope: Construct, id: string, { context, table, failures, events }: OutboxProps) {
    super(scope, id);
    const { teamId } = context.configuration;
    this.function = new ServiceFunction(this, 'Publish', {
      context,
      name: 'publish',
      description: 'Publishes changes of transactions, match reviews and critical results on the event bus',
      timeout: Duration.seconds(60),
      environment: teamId === undefined ? {} : { TEAM_ID: teamId },
    });
    table.grant(this.function);
    events.grantPublish(this.function);
    this.function.addWatchingVariable();
    this.feed = new StreamFeed(this, 'TransactionChanges', {
      context,
      table,
      fn: this.function,
      failures,
      patterns: [
        {
          events: ['INSERT', 'MODIFY', 'REMOVE'],
          dynamodb: {
            Keys: {
              sk: {
                S: [
                  ...FilterRule.beginsWith('TX' satisfies SearchableKind),
                  ...FilterRule.isEqual('MATCH_REVIEW'),
                ],
              },
            },
          },
        },
        {
          events: ['INSERT', 'MODIFY'],
          dynamodb: {
            Keys: { sk: { S: FilterRule.beginsWith('ORDER' satisfies SearchableKind) } },
            // A critical result is published from the order's own change, without the step through its transaction.
            NewImage: { s_pk: { S: FilterRule.or(...Object.values(CRITICAL_PARTITIONS)) } },
          },
        },
      ],
    });
  }
}
