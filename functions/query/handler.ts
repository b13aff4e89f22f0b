import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { httpFunction } from '../http/http-function.ts';
import { clocksOf } from '../projection/clocks.ts';
import { pauseBetweenWriters } from '../projection/retry.ts';
import { QUICK } from '../store/client-options.ts';
import { openTable } from '../store/table.ts';
import { logger } from '../telemetry/logger.ts';
import type { Answering } from './answering.ts';
import { Cursors } from './cursors.ts';
import { environment } from './env.ts';
import { routes } from './routes.ts';

const env = environment.parse(process.env);
const table = openTable(env.TABLE_NAME);
const answering: Answering = {
  table,
  teamId: env.TEAM_ID ?? null,
  projection: { table, clocks: clocksOf(env), pause: pauseBetweenWriters },
  cursors: new Cursors(new SecretsManagerClient(QUICK), env.CURSOR_SECRET_ARN),
  receiving: { table, quarantineRetentionDays: env.QUARANTINE_RETENTION_DAYS },
  clock: () => new Date(),
};

function report(error: unknown): void {
  logger.error('request failed', {
    error_name: error instanceof Error ? error.name : 'unknown',
    error_message: error instanceof Error ? error.message : undefined,
  });
}

export const handler = httpFunction(routes, answering, report);
