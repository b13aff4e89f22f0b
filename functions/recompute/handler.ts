import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { parseInstant } from '../../core/domain/instant.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { recordHeartbeat } from '../../core/store/heartbeat.ts';
import { isOfWebhook, readOrderItem } from '../../core/store/orders/order-item.ts';
import { causeOfChange, readStreamRecord } from '../../core/store/stream-record.ts';
import { itemName } from '../../core/store/table-layout.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { correlateWith, identified } from '../../core/telemetry/invocation.ts';
import { errorFields, errorName, logger } from '../../core/telemetry/logger.ts';
import { recomputeMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { recompute } from '../../core/use-cases/recompute.ts';
import { environment } from './env.ts';

/** A heartbeat costs a write, and most would be refused as older than that of another environment (ms). */
const HEARTBEAT_EVERY = 10_000;

const projection = projectionOf(environment.parse(process.env));
/** When this environment last recorded a heartbeat (ms since 1970). */
let beatAt = 0;

/**
 * Puts each changed order into its transaction, in stream order. Stops at the first record that fails and reports it, so that
 * no later record overtakes it.
 */
async function recomputeRecords(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  let newest = 0;
  try {
    for (const record of event.Records) {
      const writtenAt = await recomputeRecord(record);
      if (writtenAt === null) return { batchItemFailures: [failureOf(record)] };
      newest = Math.max(newest, writtenAt);
    }
    return { batchItemFailures: [] };
  } finally {
    if (newest > 0) await recordHeartbeatAt(newest);
    metrics.write();
  }
}

export const handler = answeringProbes(projection.table, identified(recomputeRecords));

/**
 * Records the heartbeat, at most every ten seconds. It only serves monitoring, so it may be as much older than the newest
 * webhook, and its failure does not fail the batch.
 */
async function recordHeartbeatAt(seconds: number): Promise<void> {
  // The clock can be set back.
  if (Math.abs(Date.now() - beatAt) < HEARTBEAT_EVERY) return;
  try {
    await recordHeartbeat(projection.table, parseInstant(new Date(seconds * 1_000).toISOString()) ?? '');
    beatAt = Date.now();
  } catch (error) {
    logger.warn('heartbeat not recorded', errorName(error));
  }
}

/**
 * @returns when a webhook made the change, in seconds since 1970; 0 if something else made it; null if the recompute failed
 */
async function recomputeRecord({ dynamodb = {} }: DynamoDBRecord): Promise<number | null> {
  correlateWith(causeOfChange(dynamodb));
  try {
    const { before, after } = readStreamRecord(dynamodb);
    if (!after) return 0;
    const order = readOrderItem(after);
    const outcome = await recompute(projection, order);
    metrics.count(recomputeMetrics[outcome]);
    logger.info('recomputed', { order_id: order.id, version: order.version, outcome });
    return isOfWebhook(before, after) ? (dynamodb.ApproximateCreationDateTime ?? 0) : 0;
  } catch (error) {
    metrics.count(recomputeMetrics.failed);
    logger.error('recompute failed; the record will be retried', {
      order_key: itemName({ pk: dynamodb.Keys?.pk?.S, sk: dynamodb.Keys?.sk?.S }),
      sequence_number: dynamodb.SequenceNumber,
      ...errorFields(error),
    });
    return null;
  }
}

function failureOf({ dynamodb }: DynamoDBRecord) {
  return { itemIdentifier: dynamodb?.SequenceNumber ?? '' };
}
