import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { TEAM_WEBHOOK_PATH, WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import type { ApiGateway } from '../api/api-gateway.ts';
import { burstOf } from '../api/throttle.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';
import type { QuarantineTable } from '../storage/quarantine-table.ts';
import { QUARANTINE_DAYS } from '../storage/retention.ts';

export interface WebhookEndpointProps {
  readonly context: ServiceFunctionContext;
  readonly api: ApiGateway;
  readonly table: OrdersTable;
  readonly quarantine: QuarantineTable;
  /** Holds the signing secret. */
  readonly secret: Secret;
}

/** Standard Webhooks wants at least this length: https://github.com/standard-webhooks/standard-webhooks */
const SIGNING_SECRET_MIN_BYTES = 24;
/** Of the secret of the local run, which is published with the source. */
export const DEVELOPMENT_SECRET_FINGERPRINT =
  '531bc8ecc2d1d34f4ebc05b783ba9534954e625163a17aadb05a4414ddb54433';

/** The endpoint for Junction's webhooks: a public route, and a function that writes order items. */
export class WebhookEndpoint extends Construct {
  readonly function: ServiceFunction;
  readonly path: string;
  // Any method, so that the function can answer 405 where API Gateway would answer 404.
  readonly routeKey: string;
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    { context, api, table, quarantine, secret }: WebhookEndpointProps,
  ) {
    super(scope, id);
    const { configuration, teams } = context;
    this.path = teams.length === 0 ? WEBHOOK_PATH : TEAM_WEBHOOK_PATH;
    this.routeKey = `${HttpMethod.ANY} ${this.path}`;
    const { webhookReservedConcurrency } = configuration;
    this.function = new ServiceFunction(this, 'Webhook', {
      context,
      name: 'webhook',
      description: 'Verifies Junction webhooks and stores their facts',
      environment: {
        QUARANTINE_RETENTION_DAYS: String(QUARANTINE_DAYS),
        SIGNING_SECRET_MIN_BYTES: String(SIGNING_SECRET_MIN_BYTES),
        REFUSED_SIGNING_SECRETS: DEVELOPMENT_SECRET_FINGERPRINT,
      },
      ...(webhookReservedConcurrency !== undefined && {
        reservedConcurrentExecutions: webhookReservedConcurrency,
      }),
    });
    this.function.addReadingVariables();
    this.function.readSecret(secret, 'WEBHOOK_SECRET_ARN');
    table.grant(this.function);
    quarantine.grant(this.function, ['PutItem']);
    this.url = api.addPublicRoute(this.function, HttpMethod.ANY, this.path, {
      requestsPerSecond: configuration.webhookRequestsPerSecond,
      burst: burstOf(configuration.webhookRequestsPerSecond),
      whyPublic:
        'Junction signs each delivery instead of sending a token. The function verifies the signature.',
    });
  }
}
