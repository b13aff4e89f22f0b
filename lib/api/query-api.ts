import { Validations } from 'aws-cdk-lib';
import type { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { publicRoutes, queryScopes } from '../../core/http/scopes.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { HttpEntrance } from './http-api.ts';

export interface QueryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  readonly table: OrdersTable;
}

/**
 * Answers programs with a token, takes their word for an order they placed or a redraw they look after, and takes in
 * again what was quarantined.
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
      description: 'Answers questions about orders, transactions and redraws',
      environment: {
        QUARANTINE_RETENTION_DAYS: String(configuration.quarantineRetentionDays),
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
    });
    this.function.tellClocks();
    this.function.readSecret(this.cursorSecret(context), 'CURSOR_SECRET_ARN');
    this.permitItems(props.table);
    api.addProtectedRoutes(this.function, queryScopes);
    for (const routeKey of publicRoutes) {
      const [method, path = ''] = routeKey.split(' ');
      api.addPublicRoute(this.function, method as HttpMethod, path, {
        requestsPerSecond: 5,
        burst: 10,
        whyPublic: 'It describes the API, as the public repository does, and holds nothing of anybody.',
      });
    }
  }

  private permitItems(table: OrdersTable): void {
    table.grantItems(this.function, ['ORDER', 'TX', 'QUARANTINE', 'HEARTBEAT'], ['GetItem']);
    table.grantItems(this.function, ['TX', 'QUARANTINE', 'COUNTERS'], ['BatchGetItem']);
    table.grantLists(this.function, ['by_status', 'by_user', 'by_client_user', 'open_redraws']);
    // A registration stands on the order, known or not.
    table.grantItems(this.function, ['ORDER'], ['UpdateItem']);
    // An acknowledgement stands on the transaction.
    table.grantTransactionWrites(this.function);
    // A replay does what a webhook does, and notes that it was done.
    table.grantItems(this.function, ['MATCH_REVIEW', 'QUARANTINE'], ['UpdateItem']);
    table.grantItems(this.function, ['QUARANTINE'], ['PutItem']);
  }

  private cursorSecret({ keys, removalPolicy }: ServiceFunctionContext): Secret {
    const secret = new Secret(this, 'CursorSecret', {
      description: 'Seals the page cursors of the query API, so that nobody can make one up',
      encryptionKey: keys.data,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
    });
    const cursorsOnly =
      'It opens no data: every request needs its own token, and the cursor only says where the next page starts. Put a new value at any time; cursors handed out before it answer 400.';
    Validations.of(secret).acknowledge(
      { id: 'AwsSolutions-SMG4', reason: cursorsOnly },
      { id: 'HIPAA.Security-SecretsManagerRotationEnabled', reason: cursorsOnly },
    );
    return secret;
  }
}
