import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { resultScopes } from '../../core/http/scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { HttpEntrance } from './http-api.ts';

export interface ResultsApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  readonly table: OrdersTable;
  /** The key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/**
 * Passes results on from Junction. A function of its own, because it alone of those that answer callers may read the key
 * for Junction's API, and because Junction's SDK takes longer to load than all that the other routes need.
 */
export class ResultsApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, table, junctionApiKey }: ResultsApiProps) {
    super(scope, id);
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Results', {
      context,
      name: 'results',
      description: 'Passes the results of a transaction on from Junction',
      // Junction may take its time; API Gateway waits for 30 seconds.
      timeout: Duration.seconds(29),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    this.function.readSecret(junctionApiKey, 'JUNCTION_API_KEY_ARN');
    table.grantItems(this.function, ['TX'], ['GetItem']);
    api.addProtectedRoutes(this.function, resultScopes);
  }
}
