import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiHandler } from '../../core/api/api-handler.ts';
import { type ReconcileContext, routes } from '../../core/api/reconcile/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause, pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { readingOf } from '../../core/environment/payload-reading.ts';
import { ApiKey } from '../../core/junction/api-key.ts';
import { JunctionClient } from '../../core/junction/client.ts';
import { openTable } from '../../core/store/table.ts';
import { correlationId } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const table = openTable(env.TABLE_NAME, correlationId);
const pauseBetweenRequests = jitteredPause(200, 1_000);

const context: ReconcileContext = {
  table,
  teamId: env.TEAM_ID ?? null,
  projection: { table, clocks: clocksOf(env), pause: pauseBetweenWriters },
  apiKey: new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_API_KEY_ARN),
  junction: (apiKey, timeLeft) =>
    new JunctionClient({
      baseUrl: env.JUNCTION_BASE_URL,
      apiKey,
      timeLeft,
      // The caller waits for the answer and can retry.
      attempts: 2,
      pause: pauseBetweenRequests,
      ...readingOf(env),
    }),
  clock: () => new Date(),
  onReconciled: (transaction_id, healed) => logger.info('reconciled', { transaction_id, healed }),
};

/** Reconciles one transaction with Junction at a caller's request. */
export const handler = apiHandler(routes, context, auditTrailOf(env));
