import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { QUICK } from '../../core/aws/client-options.ts';
import { readingOf } from '../../core/environment/payload-reading.ts';
import { teamsOf } from '../../core/environment/teams.ts';
import { json, Problem, problemDetails } from '../../core/http/problem.ts';
import { refusalOfUnsigned, teamInPath, webhookBody } from '../../core/http/webhook-refusals.ts';
import { SigningSecretMissing, SigningSecrets } from '../../core/junction/signing-secrets.ts';
import type { DeliveryNotice } from '../../core/junction/webhook-message.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { connectEarly } from '../../core/store/early-connection.ts';
import { openTable } from '../../core/store/table.ts';
import { apiRequestId, correlateWith, correlationId, identified } from '../../core/telemetry/invocation.ts';
import { errorFields, errorName, logger } from '../../core/telemetry/logger.ts';
import { deliveryMetrics, webhookMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { receive } from '../../core/use-cases/receive-webhook.ts';
import { UnreadableFields } from '../../core/use-cases/unreadable-fields.ts';
import { environment } from './env.ts';

const RETRY_AFTER = { 'retry-after': '30' };

const env = readOrThrow(environment, process.env);
const teams = teamsOf(env);
const rules = {
  minBytes: env.SIGNING_SECRET_MIN_BYTES,
  refused: new Set(env.REFUSED_SIGNING_SECRETS.split(',')),
};
const secrets = new SigningSecrets(
  new SecretsManagerClient(QUICK),
  env.WEBHOOK_SECRET_ARN,
  rules,
  teams.length > 0,
);
const table = openTable(env.TABLE_NAME, correlationId);
const context = {
  table,
  // The same client, because creating another one takes longer than a warm request.
  quarantine: { ...table, name: env.QUARANTINE_TABLE_NAME },
  quarantineRetentionDays: env.QUARANTINE_RETENTION_DAYS,
  ...readingOf(env),
};

/**
 * What the first request needs, begun while the function loads. Neither part fails: what is still missing then, the first
 * request gets itself.
 */
const ready = Promise.all([secrets.readEarly(new Date()), connectEarly(table)]);

/** Verifies the raw bytes, parses them, writes once and answers. */
async function processWebhook(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const team = teamInPath(event, teams);
  const body = webhookBody(event);
  await ready;
  const now = new Date();
  const refusal = await refusalOfUnsigned(secrets, body, event.headers, now, team);
  if (refusal) {
    metrics.count(webhookMetrics.refused);
    throw refusal;
  }
  // Only after verification: an unsigned id could come from anyone.
  correlateWith(svixId(event) ?? apiRequestId(event));
  const { outcome, kind, orderId, reason, delivery, unreadable } = await receive(
    team === null ? context : { ...context, pathTeam: team },
    body,
    now,
  );
  metrics.count(webhookMetrics[outcome]);
  if (delivery) countDelivery(delivery);
  const isTrouble = delivery !== null && delivery.event !== 'endpoint_enabled';
  const level = outcome === 'quarantined' || isTrouble ? 'warn' : 'info';
  const fields = await countUnreadable(unreadable, now);
  logger[level]('webhook', {
    outcome,
    kind,
    order_id: orderId,
    svix_id: svixId(event),
    reason,
    delivery,
    unreadable: fields,
  });
  return json(200, { outcome });
}

async function countUnreadable(names: readonly string[], now: Date): Promise<readonly string[] | undefined> {
  const fields = new UnreadableFields();
  fields.add(names);
  await fields.store(context.table, now.toISOString(), (error) =>
    logger.warn('unreadable fields not counted', errorName(error)),
  );
  return fields.names;
}

/** Whether the endpoint is disabled is a state: the alarm on it ends when the endpoint is enabled again. */
function countDelivery({ event }: DeliveryNotice): void {
  if (event === 'exhausted') metrics.count(deliveryMetrics.exhausted);
  else metrics.count(deliveryMetrics.endpointDisabled, event === 'endpoint_disabled' ? 1 : 0);
}

/** The id to log, which identifies the delivery at Junction. An id of an unusual form is not logged. */
function svixId({ headers }: APIGatewayProxyEventV2): string | undefined {
  const id = headers['svix-id'] ?? headers['webhook-id'];
  return id && /^[\w.-]{1,100}$/.test(id) ? id : undefined;
}

function report(error: unknown): void {
  metrics.count(webhookMetrics.failed);
  const hint =
    error instanceof SigningSecretMissing
      ? "store the endpoint's secret from Junction's dashboard in Secrets Manager (docs/deploy.md)"
      : 'the table or the secret could not be reached; Junction will deliver it again';
  logger.error(`webhook not processed: ${hint}`, {
    ...errorFields(error),
  });
}

/** Returns nothing, because middy would use it as the response. */
function publishMetrics(): void {
  metrics.write();
}

const answer = middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
  .use({ after: publishMetrics, onError: publishMetrics })
  .use(problemDetails(report, () => new Problem(503, 'The webhook cannot be processed now.', RETRY_AFTER)))
  .handler(processWebhook);

export const handler = identified(answer, apiRequestId);
