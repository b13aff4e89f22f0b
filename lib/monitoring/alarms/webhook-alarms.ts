import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Configuration } from '../../configuration/configuration.ts';
import type { WebhookEndpoint } from '../../intake/webhook-endpoint.ts';
import { counter, fiveMinutes } from '../../metrics/metrics.ts';
import type { Alarms } from './alarms.ts';

/** Alarms on the intake of Junction's webhooks. */
export function addWebhookAlarms(
  alarms: Alarms,
  configuration: Configuration,
  webhook: WebhookEndpoint,
): void {
  const { lambda } = webhook.function;
  alarms.add('WebhookErrors', {
    metric: lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The webhook function crashed or timed out. Junction retries for about 27 hours. Fix the cause within this time.',
    runbook: 'webhook-errors',
  });
  alarms.add('WebhookFailures', {
    metric: counter(configuration, 'webhook', 'failed'),
    threshold: 1,
    meaning:
      'Webhooks got a 503 because the table or the signing secret was unavailable. Right after the first deployment, this means that the secret is not stored yet. Junction retries for about 27 hours.',
    runbook: 'webhook-failures',
  });
  alarms.add('SignaturesRejected', {
    // Junction makes three attempts in the first 15 minutes: one delivery that fails each time is enough.
    metric: counter(configuration, 'webhook', 'refused', Duration.minutes(15)),
    threshold: 3,
    meaning:
      'Webhooks arrived without a valid signature. Either the secret was changed on one side only, or someone else is calling the endpoint.',
    runbook: 'signatures-rejected',
  });
  alarms.add('DeliveriesExhausted', {
    metric: counter(configuration, 'webhook', 'exhausted'),
    threshold: 1,
    meaning:
      'Junction gave up delivering a webhook after about 27 hours. With an API key, the next sweep recovers its content. Without a key, resend it from the Junction dashboard.',
    runbook: 'deliveries-exhausted',
  });
  alarms.add('EndpointDisabled', {
    // A state: 1 when Junction reports that the endpoint is disabled, 0 when it reports that it is enabled again.
    metric: counter(configuration, 'webhook', 'endpointDisabled').with({ statistic: Stats.MAXIMUM }),
    threshold: 1,
    staysWithoutData: true,
    meaning: 'Junction disabled the webhook endpoint. No webhooks arrive until someone enables it again.',
    runbook: 'endpoint-disabled',
  });
  addSilenceAlarm(alarms, configuration);
}

function addSilenceAlarm(alarms: Alarms, configuration: Configuration): void {
  const hours = configuration.webhookSilenceHours;
  if (hours === 0) return;
  alarms.add('WebhooksSilent', {
    // Counts applied webhooks only. A metric that sums all outcomes has no data if one of them is missing.
    metric: counter(configuration, 'webhook', 'applied', Duration.hours(1)),
    threshold: 1,
    periods: hours,
    whenBelow: true,
    meaning: `No webhook has brought new facts for ${hours} hours. Junction disables the endpoint after five days of failures. Right after the first deployment, this only means that no webhook has arrived yet.`,
    runbook: 'webhooks-silent',
  });
}
