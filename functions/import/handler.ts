import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { paceOf } from '../../core/concurrency/pace.ts';
import { junctionApiOf } from '../../core/environment/junction.ts';
import { teamsOf } from '../../core/environment/teams.ts';
import { configuredSince } from '../../core/environment/watching.ts';
import { instant } from '../../core/junction/fields.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { ImportRefused, importedTeam, importRequest } from '../../core/use-cases/history/import-request.ts';
import { type ImportReport, runImport } from '../../core/use-cases/history/run-import.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const table = openTable(env.TABLE_NAME, correlationId, reportDamaged);
const teams = teamsOf(env);
const { apiKey, junction } = junctionApiOf(env, 'run');

/** Time reserved for a page that has begun, at the lowest rate (ms). */
const RESERVE = 110_000;
/** Comparing writes nothing, so it is faster. */
const COMPARED_PER_IMPORTED = 5;
/** How many orders that differ an answer lists; the log has all of them. */
const MAX_DIFFERING = 20;

export type ImportAnswer =
  | (ImportReport & { readonly differing: readonly string[] })
  /** What is wrong with the request, in one sentence. */
  | { readonly refused: string };

/** Brings orders from before the deployment: as many as the requested time allows. */
async function importHistory(event: unknown, context: Context): Promise<ImportAnswer> {
  const request = importRequest.parse(event);
  const differing: string[] = [];
  const until = performance.now() + request.seconds * 1_000;
  const remaining = () => context.getRemainingTimeInMillis();
  const timer = { now: () => performance.now(), sleep };
  const { orders_per_second: rate } = request;
  try {
    const team = importedTeam(request, teams);
    const key = await apiKey.read(new Date(), team);
    if (key === null) {
      throw new ImportRefused(`No key for Junction's API is stored${team === null ? '' : ' for this team'}.`);
    }
    const report = await runImport(
      {
        table,
        api: junction(key, () => remaining() - RESERVE / 2, team),
        team,
        teamId: team ?? env.TEAM_ID ?? null,
        configuredSince: configuredSince(env),
        pace: { orders: paceOf(rate, timer), compare: paceOf(rate * COMPARED_PER_IMPORTED, timer) },
        now: () => readOrThrow(instant, new Date().toISOString()),
        hasTime: () => performance.now() < until && remaining() > RESERVE,
        onSkip: (id, reason) => logger.warn('not imported', { id, reason }),
        onDiffers: (id) => {
          logger.warn('differs from Junction', { id });
          if (differing.length < MAX_DIFFERING) differing.push(id);
        },
      },
      request,
    );
    const { position, finished, retry_after } = report;
    logger.info('imported', {
      dry_run: request.dry_run,
      finished,
      retry_after,
      ...position,
      edge: undefined,
    });
    return { ...report, differing };
  } catch (error) {
    if (error instanceof ImportRefused) return { refused: error.message };
    throw error;
  }
}

export const handler = answeringProbes(table, identified(importHistory));
