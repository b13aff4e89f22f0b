import { Duration } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { orderingScopes } from '../../core/http/scopes.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { ApiGateway, RouteThrottle } from './api-gateway.ts';

export interface OrderingApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  /** Holds the key that may place orders and book appointments. */
  readonly junctionWriteKey: Secret;
}

/** People and programs order one by one. More than this is a fault, and each order costs money. */
const throttle: RouteThrottle = { requestsPerSecond: 10, burst: 20 };

/**
 * Passes orders, appointments and cancellations on to Junction. A separate function, so that only one role can read the key
 * that may write at Junction. Only in the template if ordering is on.
 */
export class OrderingApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: OrderingApiProps) {
    super(scope, id);
    const { context, api, table, audit, junctionWriteKey } = props;
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Ordering', {
      context,
      name: 'ordering',
      description: 'Passes orders, appointments and cancellations on to Junction',
      // API Gateway waits for 30 seconds.
      timeout: Duration.seconds(29),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    this.function.addClockVariables();
    this.function.addReadingVariables();
    this.function.readSecret(junctionWriteKey, 'JUNCTION_WRITE_KEY_ARN');
    table.grant(this.function);
    audit.addWriter(this.function);
    api.addProtectedRoutes(this.function, orderingScopes, throttle);
  }
}
