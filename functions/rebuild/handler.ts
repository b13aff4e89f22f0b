import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { rebuildParts } from '../../capabilities/rebuild-parts.ts';
import { paceOf } from '../../core/concurrency/pace.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { teamsOf } from '../../core/environment/teams.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import type { Finding, Totals } from '../../core/use-cases/rebuild/findings.ts';
import { beginning, type Cursor } from '../../core/use-cases/rebuild/position.ts';
import { rebuildRequest } from '../../core/use-cases/rebuild/rebuild-request.ts';
import { rebuildTable } from '../../core/use-cases/rebuild/rebuild-table.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);

/** Time reserved for finishing the current items (ms). */
const RESERVE = 20_000;
/** How long a change takes at most to reach the counters, unless the stream is behind (ms). */
const BETWEEN_COUNTS = 15_000;
/** How many findings an answer lists; the log has all of them. */
const MAX_FINDINGS = 200;

export interface RebuildAnswer extends Totals {
  readonly finished: boolean;
  /** Pass it to the next invocation to continue; null if the rebuild is finished. */
  readonly cursor: Cursor | null;
  readonly findings: readonly Finding[];
  readonly findings_left_out: number;
}

/** Rebuilds transactions from the orders in the table until the requested time is over. */
async function rebuild(event: unknown, context: Context): Promise<RebuildAnswer> {
  const request = rebuildRequest.parse(event ?? {});
  const stopAt = performance.now() + request.seconds * 1_000;
  const findings: Finding[] = [];
  let found = 0;
  const { cursor, totals } = await rebuildTable(
    {
      context: {
        ...projection,
        parts: await rebuildParts(env.CAPABILITIES ?? []),
        dryRun: request.dry_run,
        now: () => Math.floor(Date.now() / 1_000),
        revisionsAbove: request.restored_at,
      },
      teamId: env.TEAM_ID ?? null,
      teams: teamsOf(env),
      pauseBetweenCounts: () => sleep(BETWEEN_COUNTS),
      pace: paceOf(request.items_per_second, { now: () => performance.now(), sleep }),
      pageSize: Math.min(100, request.items_per_second),
      hasTime: () => performance.now() < stopAt && context.getRemainingTimeInMillis() > RESERVE,
      onFinding: (finding) => {
        logger.warn(request.dry_run ? 'found' : 'found and repaired', { ...finding });
        found += 1;
        if (findings.length < MAX_FINDINGS) findings.push(finding);
      },
      onProgress: (_, { orders, transactions }) => logger.debug('progress', { orders, transactions }),
    },
    request.cursor ?? beginning(request.counters_only ? 'counters' : 'orders', request.segments),
  );
  const finished = cursor === null;
  logger.info('rebuilt', { dry_run: request.dry_run, finished, ...totals });
  return { finished, ...totals, cursor, findings, findings_left_out: found - findings.length };
}

export const handler = answeringProbes(projection.table, identified(rebuild));
