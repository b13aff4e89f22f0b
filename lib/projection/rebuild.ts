import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface RebuildProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
}

/** Rebuilds transactions from their orders. Only people invoke it; docs/operations/rebuild.md describes when and how. */
export class Rebuild extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, table }: RebuildProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Rebuild', {
      context,
      name: 'rebuild',
      description: 'Rebuilds transactions from their orders on request',
      timeout: Duration.minutes(15),
      memorySize: 1024,
    });
    this.function.addClockVariables();
    // A scan cannot be limited to kinds of items, but to attributes: it never returns quarantined bodies.
    this.function.permit({
      actions: ['dynamodb:Scan'],
      resources: [table.table.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'sk', 'counted', 'insight'] },
        StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    });
    table.grant(this.function);
    // Only people invoke this function, so it is the one that tries how IAM judges transactions (docs/deploy.md, "Verifying").
    table.grantApart(this.function);
  }
}
