import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiHandler } from '../../core/api/api-handler.ts';
import { Cursors } from '../../core/api/cursors.ts';
import type { QueryContext } from '../../core/api/query-context.ts';
import { queryRoutes } from '../../core/api/query-routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { openTable } from '../../core/store/table.ts';
import { correlationId } from '../../core/telemetry/invocation.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const table = openTable(env.TABLE_NAME, correlationId);
const clock = () => new Date();
const context: QueryContext = {
  table,
  teamId: env.TEAM_ID ?? null,
  projection: { table, clocks: clocksOf(env), pause: pauseBetweenWriters },
  cursors: new Cursors(new SecretsManagerClient(QUICK), env.CURSOR_SECRET_ARN, clock),
  clock,
  // Bundling puts the file beside the bundle.
  readOpenApi: () => readFile(join(import.meta.dirname, 'openapi.json'), 'utf8'),
};

export const handler = apiHandler(queryRoutes, context, auditTrailOf(env));
