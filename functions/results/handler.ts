import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type Passing, routes } from '../../core/api/results-routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { httpFunction } from '../../core/http/http-function.ts';
import { ApiKey } from '../../core/junction/api-key.ts';
import { openTable } from '../../core/store/table.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const passing: Passing = {
  table: openTable(env.TABLE_NAME),
  teamId: env.TEAM_ID ?? null,
  baseUrl: env.JUNCTION_BASE_URL,
  apiKey: new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_API_KEY_ARN),
  clock: () => new Date(),
};

/** Says nothing of the message: it could hold a word of somebody's results. */
function report(error: unknown): void {
  logger.error('request failed', { error_name: error instanceof Error ? error.name : 'unknown' });
}

/** Passes results on from Junction to who may read them. Nothing of them is stored, and nothing of them logged. */
export const handler = httpFunction(routes, passing, report);
