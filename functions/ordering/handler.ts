import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OrderingRoutesContext } from '../../capabilities/ordering/api/junction-answers.ts';
import { routes } from '../../capabilities/ordering/api/routes.ts';
import { AnswerCache } from '../../capabilities/ordering/junction/answer-cache.ts';
import { OrderingClient } from '../../capabilities/ordering/junction/ordering-client.ts';
import { apiHandler } from '../../core/api/api-handler.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause } from '../../core/concurrency/retry.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { readingOf } from '../../core/environment/payload-reading.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { teamsOf } from '../../core/environment/teams.ts';
import { ApiKey } from '../../core/junction/api-key.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { errorName } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);
const clock = () => new Date();
const teams = teamsOf(env);
const pauseBetweenRequests = jitteredPause(200, 1_000);

const context: OrderingRoutesContext = {
  table: projection.table,
  teamId: env.TEAM_ID ?? null,
  projection,
  apiKey: new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_WRITE_KEY_ARN, teams),
  hasTeams: teams.length > 0,
  junction: (apiKey, timeLeft, team) =>
    new OrderingClient({
      baseUrl: env.JUNCTION_BASE_URL,
      apiKey,
      clock,
      timeLeft,
      attempts: 2,
      pause: pauseBetweenRequests,
      ...readingOf(env),
      ...(teams.length > 0 && { teamId: team }),
    }),
  catalogue: new AnswerCache(),
  labAccounts: new AnswerCache(),
  homeServices: new AnswerCache(),
  clock,
};

/**
 * Passes orders, bookings and cancellations on to Junction and stores their ids and states. The message of an error could
 * quote patient data.
 */
export const handler = answeringProbes(
  projection.table,
  apiHandler(routes, context, auditTrailOf(env), errorName),
);
