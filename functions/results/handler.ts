import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiHandler } from '../../core/api/api-handler.ts';
import { type ResultsContext, routes } from '../../core/api/results/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause } from '../../core/concurrency/retry.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { teamsOf } from '../../core/environment/teams.ts';
import { ApiKey } from '../../core/junction/api-key.ts';
import { JunctionClient } from '../../core/junction/client.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { errorName } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const baseUrl = env.JUNCTION_BASE_URL;
const clock = () => new Date();
const pause = jitteredPause(200, 1_000);
const MAX_REQUEST_TIME = 29_000;
const context: ResultsContext = {
  table: openTable(env.TABLE_NAME, undefined, reportDamaged),
  teamId: env.TEAM_ID ?? null,
  apiKey: new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_API_KEY_ARN, teamsOf(env)),
  // One attempt that can take all the time: a report can be slow, and the caller can retry.
  junction: (apiKey, timeLeft) =>
    new JunctionClient({
      baseUrl,
      apiKey,
      clock,
      timeLeft,
      maxRequestTime: MAX_REQUEST_TIME,
      attempts: 1,
      pause,
    }),
  clock,
  patientNames: env.PATIENT_NAMES === 'on',
};

/** Passes results from Junction to callers without storing or logging them. The message of an error could quote results. */
export const handler = apiHandler(routes, context, auditTrailOf(env), errorName);
