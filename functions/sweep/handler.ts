import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause, pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { addCounts, openRedraws } from '../../core/domain/transaction/counts.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { readingOf } from '../../core/environment/payload-reading.ts';
import { ApiKey } from '../../core/junction/api-key.ts';
import { JunctionClient } from '../../core/junction/client.ts';
import { instant } from '../../core/junction/fields.ts';
import { openTable } from '../../core/store/table.ts';
import { readCounts } from '../../core/store/transactions/counters.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { redrawMetrics, sweepMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { pollChangedOrders } from '../../core/use-cases/sweep/poll-changed-orders.ts';
import { pollDraws } from '../../core/use-cases/sweep/poll-draws.ts';
import { sweepChecks, sweepDueRedraws, sweepOpenOrders } from '../../core/use-cases/sweep/sweep.ts';
import { addReports, type SweepReport } from '../../core/use-cases/sweep/sweep-part.ts';
import { isShown } from '../../core/use-cases/team-visibility.ts';
import { environment } from './env.ts';
import { timeShares } from './time-shares.ts';

const env = environment.parse(process.env);
const apiKey = new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_API_KEY_ARN);
const projection = {
  table: openTable(env.TABLE_NAME, correlationId),
  clocks: clocksOf(env),
  pause: pauseBetweenWriters,
};
const pauseBetweenRequests = jitteredPause(500, 8_000);

/** The latest end of each part of a sweep, as a fraction of the time. */
const ENDS_AT = { dueRedraws: 0.5, openOrders: 0.6, checks: 0.75, draws: 0.85, changedOrders: 1 };
/** The age of changes not yet read from Junction at which an alarm is raised (ms). */
const TOO_FAR_BEHIND = 86_400_000;
let missingKeyLogged = false;

const sweepEvent = z.object({ time: instant });

/** Flags the redraws and orders that are due at the event's time, and reconciles with Junction to recover lost webhooks. */
async function sweep(event: unknown, context: Context): Promise<SweepReport> {
  const { time: now } = sweepEvent.parse(event);
  try {
    const shares = timeShares(() => context.getRemainingTimeInMillis());
    const key = await readKey();
    const part = (endsAt: number) => {
      const { hasTime, forRequests } = shares(endsAt);
      return { projection, api: key === null ? null : junctionApi(key, forRequests), hasTime, onSkip };
    };
    const every = env.SWEEP_EVERY;
    const redraws = await sweepDueRedraws({ ...part(ENDS_AT.dueRedraws), every }, now);
    const orders = await sweepOpenOrders({ ...part(ENDS_AT.openOrders), every }, now);
    const checks = await sweepChecks({ ...part(ENDS_AT.checks), every }, now);
    const ofTeam = { table: projection.table, teamId: env.TEAM_ID ?? null };
    const draws = await pollDraws({ ...part(ENDS_AT.draws), ...ofTeam, every: env.CHECK_DRAWS }, now);
    const polling = { ...part(ENDS_AT.changedOrders), ...ofTeam, every: env.CHECK_UPDATES };
    const { listed, healed, skipped, behind } = await pollChangedOrders(polling, now);
    const { due, flagged, ...swept } = addReports(redraws, checks);
    const report = {
      due,
      flagged,
      healed: swept.healed + orders.healed + draws.healed + healed,
      skipped: swept.skipped + orders.skipped,
    };
    logger.info('swept', {
      time: now,
      ...report,
      orders_due: orders.due,
      orders_flagged: orders.flagged,
      listed,
      draws_asked: draws.asked,
      not_joined: draws.skipped + skipped,
      finished: polling.hasTime(),
    });
    count(report, behind);
    await countOpen();
    return report;
  } finally {
    metrics.write();
  }
}

export const handler = identified(sweep);

function onSkip(id: string, reason: string): void {
  logger.warn('not checked', { id, reason });
}

async function readKey(): Promise<string | null> {
  const key = await apiKey.read(new Date());
  if (key === null && !missingKeyLogged) {
    missingKeyLogged = true;
    logger.warn(
      "no key for Junction's API: lost webhooks cannot be repaired (docs/deploy.md describes how to add a key)",
    );
  }
  return key;
}

function junctionApi(key: string, timeLeft: () => number): JunctionClient {
  return new JunctionClient({
    baseUrl: env.JUNCTION_BASE_URL,
    apiKey: key,
    timeLeft,
    pause: pauseBetweenRequests,
    ...readingOf(env),
  });
}

function count({ due, flagged, healed, skipped }: SweepReport, behind: number): void {
  metrics.count(sweepMetrics.finished);
  metrics.count(sweepMetrics.due, due);
  metrics.count(sweepMetrics.flagged, flagged);
  metrics.count(sweepMetrics.healed, healed);
  metrics.count(sweepMetrics.skipped, skipped);
  metrics.count(sweepMetrics.behind, behind >= TOO_FAR_BEHIND ? 1 : 0);
}

/** Reports the number of open redraws from the counters. A failure to read them does not fail the sweep. */
async function countOpen(): Promise<void> {
  try {
    const counts = await readCounts(projection.table);
    const ours = counts.filter(([{ team_id }]) => isShown({ teamId: env.TEAM_ID ?? null }, team_id));
    const { open, stale } = openRedraws(addCounts(ours));
    metrics.count(redrawMetrics.open, open);
    metrics.count(redrawMetrics.stale, stale);
  } catch (error) {
    logger.warn('open redraws not counted', errorName(error));
  }
}
