import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { resultScopes } from '../../core/http/scopes.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface ResultsApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  /** Holds the key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/**
 * Passes lab results on from Junction. A separate function, so that the query function needs neither the key for
 * Junction's API nor the code that calls it.
 */
export class ResultsApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, table, audit, junctionApiKey }: ResultsApiProps) {
    super(scope, id);
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Results', {
      context,
      name: 'results',
      description: 'Passes lab results on from Junction',
      // API Gateway waits for 30 seconds.
      timeout: Duration.seconds(29),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    this.function.readSecret(junctionApiKey, 'JUNCTION_API_KEY_ARN');
    table.grant(this.function);
    audit.addWriter(this.function);
    api.addProtectedRoutes(this.function, resultScopes);
  }
}
