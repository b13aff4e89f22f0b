import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { reconcileScopes } from '../../core/http/scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { HttpEntrance } from './http-api.ts';

export interface ReconcileApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  readonly table: OrdersTable;
  /** The key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/**
 * Asks Junction about one transaction at once, when somebody wants it. A function of its own: of those that answer
 * callers it alone may both ask Junction and write what it hears, and no other needs that.
 */
export class ReconcileApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, table, junctionApiKey }: ReconcileApiProps) {
    super(scope, id);
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Reconcile', {
      context,
      name: 'reconcile',
      description: 'Asks Junction about a transaction at once and joins what it says',
      // Junction may take its time; API Gateway waits for 30 seconds.
      timeout: Duration.seconds(29),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    this.function.tellClocks();
    this.function.readSecret(junctionApiKey, 'JUNCTION_API_KEY_ARN');
    // What Junction tells is joined as a webhook would be, and brought into the transaction at once.
    table.grantItems(this.function, ['TX', 'ORDER'], ['GetItem']);
    table.grantItems(this.function, ['TX', 'COUNTERS'], ['DeleteItem']);
    table.grantTransactionWrites(this.function);
    // Each request becomes some at Junction, which the sweep needs as well.
    api.addProtectedRoutes(this.function, reconcileScopes, { requestsPerSecond: 2, burst: 5 });
  }
}
