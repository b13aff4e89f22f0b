import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface RebuildProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
}

/** Works transactions out anew from their orders. Nothing calls it but a person: docs/rebuild.md says when and how. */
export class Rebuild extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, table }: RebuildProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Rebuild', {
      context,
      name: 'rebuild',
      description: 'Works transactions out anew from their orders, when a person asks for it',
      timeout: Duration.minutes(15),
      memorySize: 1024,
    });
    this.function.tellClocks();
    // A scan can't be held to kinds of items, but it can to attributes: it never shows what was quarantined.
    this.function.permit({
      actions: ['dynamodb:Scan'],
      resources: [table.table.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'counted'] },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    });
    table.grantItems(this.function, ['TX', 'ORDER', 'COUNTERS'], ['GetItem']);
    table.grantItems(this.function, ['TX', 'COUNTERS'], ['DeleteItem']);
    table.grantTransactionWrites(this.function);
  }
}
