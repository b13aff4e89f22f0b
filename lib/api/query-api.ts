import type { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { publicRoutes, queryScopes } from '../../core/http/route-scopes.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { ApiGateway } from './api-gateway.ts';

export interface QueryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly audit: AuditTrail;
  /** Encrypts the page cursors. */
  readonly cursorSecret: Secret;
  /** The token endpoint of programs, or the discovery document of the deployer's issuer. */
  readonly tokensFrom: string;
}

/**
 * Answers queries about orders, transactions and redraws, registers orders, and records acknowledgements.
 */
export class QueryApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: QueryApiProps) {
    super(scope, id);
    const { context, api, audit } = props;
    const { configuration } = context;
    this.function = new ServiceFunction(this, 'Query', {
      context,
      name: 'query',
      description: 'Answers queries about orders, transactions and redraws',
      environment: {
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
        CRITICAL_NO_ACKNOWLEDGEMENT: configuration.criticalNoAcknowledgement,
        TOKENS_FROM: props.tokensFrom,
      },
    });
    this.function.addClockVariables();
    this.function.readSecret(props.cursorSecret, 'CURSOR_SECRET_ARN');
    props.table.grant(this.function);
    audit.addWriter(this.function);
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
}
