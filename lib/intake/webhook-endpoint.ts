import { Validations } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { HttpEntrance } from '../api/http-api.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface WebhookEndpointProps {
  readonly context: ServiceFunctionContext;
  readonly api: HttpEntrance;
  readonly table: OrdersTable;
}

/** Where Junction delivers: one public route, one function that writes an order item, one signing secret. */
export class WebhookEndpoint extends Construct {
  readonly function: ServiceFunction;
  readonly secret: Secret;
  readonly url: string;

  constructor(scope: Construct, id: string, { context, api, table }: WebhookEndpointProps) {
    super(scope, id);
    const { configuration, keys, removalPolicy } = context;
    this.secret = new Secret(this, 'SigningSecret', {
      description:
        'Signing secret of the Junction webhook endpoint (whsec_...). Put the one Junction shows you.',
      encryptionKey: keys.data,
      // Not a signing secret on purpose: until the real one is put here, no signature in the world matches.
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
      description: 'Verifies a Junction webhook and stores what it says',
      environment: { QUARANTINE_RETENTION_DAYS: String(configuration.quarantineRetentionDays) },
      ...(webhookReservedConcurrency !== undefined && {
        reservedConcurrentExecutions: webhookReservedConcurrency,
      }),
    });
    this.function.readSecret(this.secret, 'WEBHOOK_SECRET_ARN');
    table.grantItems(this.function, ['ORDER', 'MATCH_REVIEW'], ['UpdateItem']);
    table.grantItems(this.function, ['QUARANTINE'], ['PutItem']);
    // Every method, so that the function can answer 405 where API Gateway would say 404.
    this.url = api.addPublicRoute(this.function, HttpMethod.ANY, '/webhooks/junction', {
      requestsPerSecond: configuration.webhookRequestsPerSecond,
      burst: configuration.webhookBurst,
      whyPublic: 'Junction signs each delivery and carries no token: the function verifies the signature.',
    });
  }
}

const secretIsIssuedElsewhere =
  'Junction issues this secret and only its dashboard can rotate it; docs/deploy.md says how the two sides change over without losing a delivery.';
