import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiHandler } from '../../core/api/api-handler.ts';
import { Cursors } from '../../core/api/cursors.ts';
import type { QueryContext } from '../../core/api/query-context.ts';
import { queryRoutes } from '../../core/api/query-routes.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);
const clock = () => new Date();
const context: QueryContext = {
  table: projection.table,
  teamId: env.TEAM_ID ?? null,
  projection,
  cursors: new Cursors(() => new SecretsManagerClient(QUICK), env.CURSOR_SECRET_ARN, clock),
  clock,
  criticalWithin: env.CRITICAL_NO_ACKNOWLEDGEMENT,
  // Bundling puts the file beside the bundle.
  readOpenApi: () => readFile(join(import.meta.dirname, 'openapi.json'), 'utf8'),
};

export const handler = answeringProbes(projection.table, apiHandler(queryRoutes, context, auditTrailOf(env)));
