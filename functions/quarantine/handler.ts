import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiHandler } from '../../core/api/api-handler.ts';
import { Cursors } from '../../core/api/cursors.ts';
import { type QuarantineContext, routes } from '../../core/api/quarantine/routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { readingOf } from '../../core/environment/payload-reading.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlationId } from '../../core/telemetry/invocation.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const clock = () => new Date();
const table = openTable(env.TABLE_NAME, correlationId);
const context: QuarantineContext = {
  cursors: new Cursors(() => new SecretsManagerClient(QUICK), env.CURSOR_SECRET_ARN, clock),
  receive: {
    table,
    // The same client, so that what changes there is marked.
    quarantine: { ...table, name: env.QUARANTINE_TABLE_NAME, onDamaged: reportDamaged },
    quarantineRetentionDays: env.QUARANTINE_RETENTION_DAYS,
    ...readingOf(env),
  },
  clock,
};

/** Lists quarantined webhooks without their bodies, and replays them. */
export const handler = apiHandler(routes, context, auditTrailOf(env));
