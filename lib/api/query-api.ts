import type { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { publicRoutes, queryScopes } from '../../core/http/scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface QueryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  /** Signs the page cursors. */
  readonly cursorSecret: Secret;
}

/**
 * Answers queries about orders, transactions and redraws, registers orders, and records acknowledgements.
 */
export class QueryApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: QueryApiProps) {
    super(scope, id);
    const { context, api } = props;
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Query', {
      context,
      name: 'query',
      description: 'Answers queries about orders, transactions and redraws',
      environment: configuration.teamId === undefined ? {} : { TEAM_ID: configuration.teamId },
    });
    this.function.addClockVariables();
    this.function.readSecret(props.cursorSecret, 'CURSOR_SECRET_ARN');
    this.grantItems(props.table);
    api.addProtectedRoutes(this.function, queryScopes);
    for (const routeKey of publicRoutes) {
      const [method, path = ''] = routeKey.split(' ');
      api.addPublicRoute(this.function, method as HttpMethod, path, {
        requestsPerSecond: 5,
        burst: 10,
        whyPublic:
          'It is the description of the API, which the repository publishes as well. It holds no data.',
      });
    }
  }

  private grantItems(table: OrdersTable): void {
    table.grantItems(this.function, ['ORDER', 'TX', 'HEARTBEAT', 'MATCH_REVIEW'], ['GetItem']);
    table.grantItems(this.function, ['TX', 'COUNTERS', 'MATCH_REVIEW'], ['BatchGetItem']);
    table.grantLists(this.function, ['by_status', 'by_user', 'by_client_user', 'open_redraws']);
    // A registration is stored on the order, even before Junction reports the order.
    table.grantItems(this.function, ['ORDER'], ['UpdateItem']);
    // An acknowledgement is stored on the transaction, in one write with the counters.
    table.grantItems(this.function, ['TX'], ['PutItem']);
    table.grantItems(this.function, ['COUNTERS'], ['UpdateItem']);
  }
}
