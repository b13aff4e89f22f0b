import { Validations } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { HttpEntrance } from './http-api.ts';
import type { OrdersTable } from './orders-table.ts';
import { ServiceFunction, type ServiceFunctionContext } from './service-function.ts';

/** What can be asked, and the scope that the asker's token must carry. */
const routes = [
  { path: '/v1/transactions', scope: 'transactions/read' },
  { path: '/v1/transactions/{id}', scope: 'transactions/read' },
  { path: '/v1/orders/{id}', scope: 'transactions/read' },
] as const;

export interface QueryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  readonly table: OrdersTable;
}

/** The reading side, for programs with a token. */
export class QueryApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, table }: QueryApiProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Query', {
      context,
      name: 'query',
      description: 'Answers questions about orders and transactions',
    });
    this.function.tellClocks();
    this.function.readSecret(this.cursorSecret(context), 'CURSOR_SECRET_ARN');
    table.grantItems(this.function, ['ORDER', 'TX'], ['GetItem']);
    table.grantItems(this.function, ['TX'], ['BatchGetItem']);
    table.grantLists(this.function, ['by_status']);
    for (const { path, scope: required } of routes) {
      api.addProtectedRoute(this.function, HttpMethod.GET, path, required);
    }
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
