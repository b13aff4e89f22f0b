import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { QUICK } from '../../core/aws/client-options.ts';
import { confirmedSubscriptions } from '../../core/aws/topic-subscriptions.ts';
import { busOf } from '../../core/environment/bus.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { scheduledEvent } from '../../core/environment/schedule.ts';
import { watchingSinceOf } from '../../core/environment/watching.ts';
import { readOrThrow, readStrictly } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { correlateWith, identified } from '../../core/telemetry/invocation.ts';
import { errorFields, errorName, logger } from '../../core/telemetry/logger.ts';
import {
  criticalMetrics,
  quarantineMetrics,
  redriveMetrics,
  subscriberMetrics,
} from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import type { RedriveReport } from '../../core/use-cases/redrive.ts';
import { type MeasuredRedrive, redriveAndMeasure } from '../../core/use-cases/redrive-and-measure.ts';
import { environment } from './env.ts';

/** Time reserved for finishing the current record with all its retries, and its batch (ms). */
const RESERVE = 60_000;

const env = readOrThrow(environment, process.env);
const sns = new SNSClient(QUICK);
const projection = projectionOf(env);
const run: Omit<MeasuredRedrive, 'hasTime'> = {
  failures: { client: new S3Client(QUICK), bucket: env.FAILURE_BUCKET_NAME },
  projection,
  quarantine: openTable(env.QUARANTINE_TABLE_NAME),
  bus: busOf(env),
  watchingSince: watchingSinceOf(env, projection.table),
  beginAt: Math.random,
  teamId: env.TEAM_ID ?? null,
  noAcknowledgement: env.CRITICAL_NO_ACKNOWLEDGEMENT,
  topics: [
    { arn: env.OPERATORS_TOPIC_ARN, atLeast: 1 },
    // Its messages reach the operators too, so it needs no subscription.
    { arn: env.CRITICAL_RESULTS_TOPIC_ARN, atLeast: 0 },
  ],
  confirmedOf: (topicArn) => confirmedSubscriptions(sns, topicArn),
  onRecord: correlateWith,
  onFailure: (batch, item_key, error) =>
    logger.error('not redriven; the record stays in the failure bucket', {
      batch,
      item_key,
      ...errorFields(error),
    }),
  onRedriven: (report) => {
    // What follows belongs to the run, not to its last record.
    correlateWith(undefined);
    logger.info('redriven', { ...report });
    metrics.count(redriveMetrics.finished);
    metrics.count(redriveMetrics.waiting, report.waiting);
    metrics.count(redriveMetrics.redriven, report.redriven);
    metrics.count(redriveMetrics.left, report.left);
  },
  onCriticalResults: ({ open, overdue }) => {
    metrics.count(criticalMetrics.criticalOpen, open);
    metrics.count(criticalMetrics.criticalOverdue, overdue);
  },
  onSubscribers: (counts) => {
    for (const { topic, confirmed, missing } of counts) {
      if (missing > 0) logger.warn('subscriptions are missing', { topic, confirmed, missing });
      metrics.count(subscriberMetrics.missing, missing);
    }
  },
  onQuarantine: (waiting) => {
    if (typeof waiting === 'number') metrics.count(quarantineMetrics.quarantined, waiting);
    else logger.warn('quarantine not counted', errorName(waiting.error));
  },
};

/** Redrives the batches in the failure bucket, and measures what waits for people at the scheduled time. */
async function redriveBatches(event: unknown, context: Context): Promise<RedriveReport> {
  try {
    const scheduled = readStrictly(scheduledEvent, event);
    const hasTime = () => context.getRemainingTimeInMillis() > RESERVE;
    return await redriveAndMeasure({ ...run, hasTime }, scheduled?.time ?? null);
  } finally {
    metrics.write();
  }
}

export const handler = answeringProbes(run.projection.table, identified(redriveBatches));
