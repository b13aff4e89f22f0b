import { apiHandler } from '../../core/api/api-handler.ts';
import type { ReconcileContext } from '../../core/api/reconcile/reconcile-context.ts';
import { routes } from '../../core/api/reconcile/routes.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { junctionApiOf } from '../../core/environment/junction.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);

const context: ReconcileContext = {
  table: projection.table,
  teamId: env.TEAM_ID ?? null,
  projection,
  ...junctionApiOf(env, 'caller'),
  clock: () => new Date(),
  onReconciled: (transaction_id, healed) => logger.info('reconciled', { transaction_id, healed }),
};

/** Reconciles one transaction with Junction at a caller's request. */
export const handler = answeringProbes(projection.table, apiHandler(routes, context, auditTrailOf(env)));
