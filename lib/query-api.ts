import { Validations } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { HttpEntrance } from './http-api.ts';
import type { OrdersTable } from './orders-table.ts';
import { ServiceFunction, type ServiceFunctionContext } from './service-function.ts';

/** What can be asked, and the scope that the asker's token must carry. */
const routes = [
  { method: HttpMethod.GET, path: '/v1/transactions', scope: 'transactions/read' },
  { method: HttpMethod.GET, path: '/v1/transactions/{id}', scope: 'transactions/read' },
  { method: HttpMethod.GET, path: '/v1/orders/{id}', scope: 'transactions/read' },
  { method: HttpMethod.PUT, path: '/v1/orders/{id}', scope: 'orders/write' },
  { method: HttpMethod.GET, path: '/v1/redraws', scope: 'transactions/read' },
  {
    method: HttpMethod.PUT,
    path: '/v1/redraws/{transaction_id}/acknowledgement',
    scope: 'redraws/write',
  },
] as const;

export interface QueryApiProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  readonly table: OrdersTable;
}

/** Answers programs with a token, and takes their word for an order they placed or a redraw they look after. */
export class QueryApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, { context, api, table }: QueryApiProps) {
    super(scope, id);
    this.function = new ServiceFunction(this, 'Query', {
      context,
      name: 'query',
      description: 'Answers questions about orders, transactions and redraws',
    });
    this.function.tellClocks();
    this.function.readSecret(this.cursorSecret(context), 'CURSOR_SECRET_ARN');
    table.grantItems(this.function, ['ORDER', 'TX'], ['GetItem']);
    table.grantItems(this.function, ['TX'], ['BatchGetItem']);
    // A registration stands on the order, known or not.
    table.grantItems(this.function, ['ORDER'], ['UpdateItem']);
    // An acknowledgement stands on the transaction, and is written with a check of the order while that is provisional.
    table.grantItems(this.function, ['TX', 'ORDER'], ['PutItem', 'ConditionCheckItem']);
    table.grantLists(this.function, ['by_status', 'open_redraws']);
    for (const { method, path, scope: required } of routes) {
      api.addProtectedRoute(this.function, method, path, required);
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
