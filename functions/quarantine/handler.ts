import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Cursors } from '../../core/api/cursors.ts';
import { type QuarantineContext, routes } from '../../core/api/quarantine/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { httpFunction } from '../../core/http/http-function.ts';
import { openTable } from '../../core/store/table.ts';
import { apiRequestId, correlationId, identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const table = openTable(env.TABLE_NAME, correlationId);
const clock = () => new Date();
const context: QuarantineContext = {
  table,
  cursors: new Cursors(new SecretsManagerClient(QUICK), env.CURSOR_SECRET_ARN, clock),
  receive: { table, quarantineRetentionDays: env.QUARANTINE_RETENTION_DAYS },
  clock,
};

function report(error: unknown): void {
  logger.error('request failed', {
    error_name: error instanceof Error ? error.name : 'unknown',
    error_message: error instanceof Error ? error.message : undefined,
  });
}

/** Lists quarantined webhooks without their bodies, and replays them. */
export const handler = identified(httpFunction(routes, context, report, auditTrailOf(env)), apiRequestId);
