import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface HistoryImportProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  /** Holds the team's key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/** Imports orders from before the deployment when people invoke it; docs/adopting.md describes how. */
export class HistoryImport extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, table, junctionApiKey }: HistoryImportProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Import', {
      context,
      name: 'import',
      description: 'Imports orders from before the deployment on request',
      timeout: Duration.minutes(15),
      environment: { JUNCTION_BASE_URL: context.configuration.junctionBaseUrl },
    });
    this.function.addReadingVariables();
    this.function.addWatchingVariable();
    this.function.readSecret(junctionApiKey, 'JUNCTION_API_KEY_ARN');
    table.grant(this.function);
  }
}
