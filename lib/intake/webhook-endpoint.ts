import { Validations } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ApiGateway } from '../api/api-gateway.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface WebhookEndpointProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
}

/** The endpoint for Junction's webhooks: a public route, a function that writes order items, and the signing secret. */
export class WebhookEndpoint extends Construct {
  readonly function: ServiceFunction;
  readonly secret: Secret;
  readonly url: string;

  constructor(scope: Construct, id: string, { context, api, table }: WebhookEndpointProps) {
    super(scope, id);
    const { configuration, keys, removalPolicy } = context;
    this.secret = new Secret(this, 'SigningSecret', {
      description:
        'Signing secret of the Junction webhook endpoint (whsec_...). Store the secret that Junction shows.',
      encryptionKey: keys.data,
      // Not a valid signing secret: no signature matches until the real one is stored.
      generateSecretString: { passwordLength: 32, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(this.secret).acknowledge(
      { id: 'AwsSolutions-SMG4', reason: secretIsIssuedElsewhere },
      { id: 'HIPAA.Security-SecretsManagerRotationEnabled', reason: secretIsIssuedElsewhere },
    );
    const { webhookReservedConcurrency } = configuration;
    this.function = new ServiceFunction(this, 'Webhook', {
      context,
      name: 'webhook',
      description: 'Verifies Junction webhooks and stores their facts',
      environment: { QUARANTINE_RETENTION_DAYS: String(configuration.quarantineRetentionDays) },
      ...(webhookReservedConcurrency !== undefined && {
        reservedConcurrentExecutions: webhookReservedConcurrency,
      }),
    });
    this.function.readSecret(this.secret, 'WEBHOOK_SECRET_ARN');
    table.grantItems(this.function, ['ORDER', 'MATCH_REVIEW', 'MARK'], ['UpdateItem']);
    table.grantItems(this.function, ['QUARANTINE'], ['PutItem']);
    // Any method, so that the function can answer 405 where API Gateway would answer 404.
    this.url = api.addPublicRoute(this.function, HttpMethod.ANY, '/webhooks/junction', {
      requestsPerSecond: configuration.webhookRequestsPerSecond,
      burst: configuration.webhookBurst,
      whyPublic:
        'Junction signs each delivery instead of sending a token. The function verifies the signature.',
    });
  }
}

const secretIsIssuedElsewhere =
  'Junction issues this secret, and only its dashboard can rotate it. docs/deploy.md describes how to rotate it without losing a delivery.';
