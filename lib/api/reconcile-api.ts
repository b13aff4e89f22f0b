import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { reconcileScopes } from '../../core/http/scopes.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface ReconcileApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  /** Holds the key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/**
 * Reconciles a transaction with Junction on request. A separate function, because no other function of the API may both
 * call Junction and write its answers.
 */
export class ReconcileApi extends Construct {
  readonly function: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    { context, api, table, audit, junctionApiKey }: ReconcileApiProps,
  ) {
    super(scope, id);
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Reconcile', {
      context,
      name: 'reconcile',
      description: 'Reconciles a transaction with Junction on request',
      // API Gateway waits for 30 seconds.
      timeout: Duration.seconds(29),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    this.function.addClockVariables();
    this.function.addReadingVariables();
    this.function.readSecret(junctionApiKey, 'JUNCTION_API_KEY_ARN');
    table.grant(this.function);
    audit.addWriter(this.function);
    // Each request causes several at Junction, whose rate limit the sweep shares.
    api.addProtectedRoutes(this.function, reconcileScopes, { requestsPerSecond: 2, burst: 5 });
  }
}
