import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { apiHandler } from '../../core/api/api-handler.ts';
import { Cursors } from '../../core/api/cursors.ts';
import { queryRouteLoaders } from '../../core/api/load-query-routes.ts';
import type { QueryContext } from '../../core/api/query-context.ts';
import type { AuditTrail } from '../../core/audit/audit-entry.ts';
import { QUICK } from '../../core/aws/client-options.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { teamsOf } from '../../core/environment/teams.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);
const clock = () => new Date();
const context: QueryContext = {
  table: projection.table,
  teamId: env.TEAM_ID ?? null,
  teams: teamsOf(env),
  projection,
  cursors: new Cursors(() => new SecretsManagerClient(QUICK), env.CURSOR_SECRET_ARN, clock),
  clock,
  criticalWithin: env.CRITICAL_NO_ACKNOWLEDGEMENT,
  tokensFrom: env.TOKENS_FROM,
  // Bundling puts the file beside the bundle.
  readOpenApi: () => readFile(join(import.meta.dirname, 'openapi.json'), 'utf8'),
};

/** Loaded with the first entry, because most requests leave none. */
const trail: AuditTrail = {
  write: async (entries) => {
    loading ??= import('../../core/environment/audit.ts').then(({ auditTrailOf }) => auditTrailOf(env));
    return (await loading).write(entries);
  },
};
let loading: Promise<AuditTrail> | undefined;

export const handler = answeringProbes(projection.table, apiHandler(queryRouteLoaders, context, trail));
