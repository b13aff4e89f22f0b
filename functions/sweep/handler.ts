import type { Context } from 'aws-lambda';
import { junctionApiOf } from '../../core/environment/junction.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { scheduledEvent } from '../../core/environment/schedule.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { identified } from '../../core/telemetry/invocation.ts';
import { errorName, logger } from '../../core/telemetry/logger.ts';
import { redrawMetrics, sweepMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { countOpenRedraws } from '../../core/use-cases/count-needs.ts';
import { type FinishedSweep, runSweep } from '../../core/use-cases/sweep/run-sweep.ts';
import type { SweepReport } from '../../core/use-cases/sweep/sweep-part.ts';
import { UnreadableFields } from '../../core/use-cases/unreadable-fields.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const projection = projectionOf(env);
const teamId = env.TEAM_ID ?? null;
const every = { sweep: env.SWEEP_EVERY, draws: env.CHECK_DRAWS, changedOrders: env.CHECK_UPDATES };
const { apiKey, junction } = junctionApiOf(env, 'run');
let missingKeyLogged = false;

/** Flags the redraws and orders that are due at the event's time, and reconciles with Junction to recover lost webhooks. */
async function sweep(event: unknown, context: Context): Promise<SweepReport> {
  const { time } = readOrThrow(scheduledEvent, event);
  try {
    const key = await readKey();
    const fields = new UnreadableFields();
    const reports = { onUnreadable: (names: readonly string[]) => fields.add(names) };
    const ofKey = key === null ? null : (timeLeft: () => number) => junction(key, timeLeft, reports);
    const remaining = () => context.getRemainingTimeInMillis();
    const swept = await runSweep({ projection, junction: ofKey, teamId, remaining, every, onSkip }, time);
    const { report, orders, listed, drawsAsked, notJoined, finished } = swept;
    const ofOrders = { orders_due: orders.due, orders_flagged: orders.flagged };
    const polled = { listed, draws_asked: drawsAsked, not_joined: notJoined };
    logger.info('swept', { time, ...report, ...ofOrders, ...polled, finished, unreadable: fields.names });
    await fields.store(projection.table, time, (error) =>
      logger.warn('unreadable fields not counted', errorName(error)),
    );
    count(swept);
    await countOpen();
    return report;
  } finally {
    metrics.write();
  }
}

export const handler = answeringProbes(projection.table, identified(sweep));

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

function count({ report: { due, flagged, healed, skipped }, tooFarBehind }: FinishedSweep): void {
  metrics.count(sweepMetrics.finished);
  metrics.count(sweepMetrics.due, due);
  metrics.count(sweepMetrics.flagged, flagged);
  metrics.count(sweepMetrics.healed, healed);
  metrics.count(sweepMetrics.skipped, skipped);
  metrics.count(sweepMetrics.behind, tooFarBehind ? 1 : 0);
}

/** A failure to count the open redraws does not fail the sweep. */
async function countOpen(): Promise<void> {
  try {
    const { open, stale } = await countOpenRedraws({ table: projection.table, teamId });
    metrics.count(redrawMetrics.open, open);
    metrics.count(redrawMetrics.stale, stale);
  } catch (error) {
    logger.warn('open redraws not counted', errorName(error));
  }
}
