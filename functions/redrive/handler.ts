import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause, pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { instant } from '../../core/junction/fields.ts';
import { countQuarantined } from '../../core/store/quarantine/quarantine-waiting.ts';
import { openTable } from '../../core/store/table.ts';
import { correlateWith, correlationId, identified } from '../../core/telemetry/invocation.ts';
import { errorFields, errorName, logger } from '../../core/telemetry/logger.ts';
import { criticalMetrics, quarantineMetrics, redriveMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { countCriticalResults } from '../../core/use-cases/count-critical-results.ts';
import { type RedriveReport, redrive } from '../../core/use-cases/redrive.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const dependencies = {
  failures: { client: new S3Client(QUICK), bucket: env.FAILURE_BUCKET_NAME },
  projection: {
    table: openTable(env.TABLE_NAME, correlationId),
    clocks: clocksOf(env),
    pause: pauseBetweenWriters,
  },
  bus: {
    client: new EventBridgeClient(QUICK),
    name: env.EVENT_BUS_NAME,
    pause: jitteredPause(50, 2_000),
  },
};

/** Time reserved for finishing the current record with all its retries, and its batch (ms). */
const RESERVE = 60_000;

/** The event of the schedule. */
const scheduled = z.object({ time: instant });

/**
 * Counts the pending critical results, and redrives the batches in the failure bucket. A failure of one does not stop the other.
 * A run that could not count them fails at the end, so that the missing count raises an alarm.
 */
async function countAndRedrive(event: unknown, context: Context): Promise<RedriveReport> {
  try {
    const [counted] = await Promise.allSettled([countUnacknowledged(event)]);
    const report = await redriveBatches(context);
    if (counted.status === 'rejected') throw counted.reason;
    return report;
  } finally {
    metrics.write();
  }
}

export const handler = identified(countAndRedrive);

async function redriveBatches(context: Context): Promise<RedriveReport> {
  const report = await redrive({
    ...dependencies,
    hasTime: () => context.getRemainingTimeInMillis() > RESERVE,
    beginAt: Math.random,
    onRecord: correlateWith,
    onFailure: noteFailure,
  });
  // What follows belongs to the run, not to its last record.
  correlateWith(undefined);
  logger.info('redriven', { ...report });
  count(report);
  await countQuarantine();
  return report;
}

function count({ waiting, redriven, left }: RedriveReport): void {
  metrics.count(redriveMetrics.finished);
  metrics.count(redriveMetrics.waiting, waiting);
  metrics.count(redriveMetrics.redriven, redriven);
  metrics.count(redriveMetrics.left, left);
}

/** Measures what waits in quarantine. A failure to read it does not fail the redrive. */
async function countQuarantine(): Promise<void> {
  try {
    metrics.count(quarantineMetrics.quarantined, await countQuarantined(dependencies.projection.table));
  } catch (error) {
    logger.warn('quarantine not counted', errorName(error));
  }
}

/** Measures the critical results that nobody has acknowledged at the scheduled time. */
async function countUnacknowledged(event: unknown): Promise<void> {
  const { data } = scheduled.safeParse(event);
  if (!data) return;
  const shown = { table: dependencies.projection.table, teamId: env.TEAM_ID ?? null };
  const { open, overdue } = await countCriticalResults(shown, data.time, env.CRITICAL_NO_ACKNOWLEDGEMENT);
  metrics.count(criticalMetrics.criticalOpen, open);
  metrics.count(criticalMetrics.criticalOverdue, overdue);
}

function noteFailure(batch: string, item: string | null, error: unknown): void {
  logger.error('not redriven; the record stays in the failure bucket', {
    batch,
    item_key: item,
    ...errorFields(error),
  });
}
