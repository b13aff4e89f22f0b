import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { HistoryApi } from '../api/history-api.ts';
import type { HttpEntrance } from '../api/http-api.ts';
import type { QueryApi } from '../api/query-api.ts';
import type { Reconciliation } from '../api/reconcile-api.ts';
import type { ResultsApi } from '../api/results-api.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { WebhookEndpoint } from '../intake/webhook-endpoint.ts';
import type { People } from '../sign-in/people.ts';
import type { Alarms } from './alarms.ts';
import { fiveMinutes, ownMetric } from './metrics.ts';

/** Watches that what Junction sends is taken. */
export function watchWebhook(alarms: Alarms, configuration: Configuration, webhook: WebhookEndpoint): void {
  const { lambda } = webhook.function;
  alarms.add('WebhookErrors', {
    metric: lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The webhook function crashed or timed out. Junction retries for about 27 hours; fix it before that.',
    runbook: 'webhook-errors',
  });
  alarms.add('WebhookThrottles', {
    metric: lambda.metricThrottles({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'Webhooks came faster than Lambda may run. Junction retries, so state is late, not lost.',
    runbook: 'webhook-throttles',
  });
  alarms.add('WebhooksNotTaken', {
    metric: ownMetric(configuration, 'webhook', 'WebhookFailed'),
    threshold: 1,
    meaning:
      'Webhooks were answered 503: the table or the signing secret could not be used. Right after a first deploy: the secret is not there yet. Junction retries for about 27 hours.',
    runbook: 'webhooks-not-taken',
  });
  alarms.add('WebhooksQuarantined', {
    metric: ownMetric(configuration, 'webhook', 'Webhook_quarantined'),
    threshold: 1,
    meaning:
      'Junction sent something signed that we could not understand. It is kept whole, to be replayed after a fix.',
    runbook: 'webhooks-quarantined',
  });
  alarms.add('SignaturesRefused', {
    // Junction tries a delivery three times in the first quarter of an hour: one that fails each time is enough.
    metric: ownMetric(configuration, 'webhook', 'WebhookRefused', Duration.minutes(15)),
    threshold: 3,
    meaning:
      'Webhooks came without a signature that holds: the secret was changed on one side only, or somebody else is calling.',
    runbook: 'signatures-refused',
  });
  watchSilence(alarms, configuration);
}

function watchSilence(alarms: Alarms, configuration: Configuration): void {
  const hours = configuration.webhookSilenceHours;
  if (hours === 0) return;
  alarms.add('WebhooksSilent', {
    // New facts only: a metric that sums all outcomes has no data as soon as one of them did not occur.
    metric: ownMetric(configuration, 'webhook', 'Webhook_applied', Duration.hours(1)),
    threshold: 1,
    periods: hours,
    whenBelow: true,
    meaning: `No webhook brought anything new for ${hours} hours. After five days of failures Junction disables the endpoint. Right after a first deploy: none has come yet.`,
    runbook: 'webhooks-silent',
  });
}

/** What answers those who ask. */
export interface Answering {
  readonly api: HttpEntrance;
  readonly query: QueryApi;
  readonly results: ResultsApi;
  readonly reconciliation: Reconciliation;
  readonly history: HistoryApi;
}

/** Watches that who asks gets an answer. */
export function watchQueries(
  alarms: Alarms,
  { api, query, results, reconciliation, history }: Answering,
): void {
  alarms.add('ApiServerErrors', {
    metric: api.api.metricServerError({ period: fiveMinutes, statistic: Stats.SUM }),
    threshold: 5,
    meaning: 'The API answered 5xx five times in five minutes, to Junction or to your programs.',
    runbook: 'api-server-errors',
  });
  alarms.add('QueryErrors', {
    metric: query.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The query function crashed or timed out: somebody asked and got no answer.',
    runbook: 'query-errors',
  });
  alarms.add('ResultsErrors', {
    metric: results.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The results function crashed or timed out: somebody asked for results and got no answer.',
    runbook: 'results-errors',
  });
  alarms.add('ReconcileErrors', {
    metric: reconciliation.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The reconcile function crashed or timed out: somebody wanted Junction to be asked about a transaction and got no answer.',
    runbook: 'reconcile-errors',
  });
  alarms.add('HistoryErrors', {
    metric: history.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The history function crashed or timed out: somebody looked at how webhooks and redraws fared and got no answer.',
    runbook: 'history-errors',
  });
}

/** Watches that people get their tokens. */
export function watchSignIn(alarms: Alarms, people: People): void {
  alarms.add('SignInErrors', {
    metric: people.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning: 'The sign-in function crashed or timed out: somebody could not sign in to the dashboard.',
    runbook: 'sign-in-errors',
  });
}
