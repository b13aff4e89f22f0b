import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { parseInstant } from '../../core/domain/instant.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { recordHeartbeat } from '../../core/store/heartbeat.ts';
import { isOfWebhook, readOrderItem } from '../../core/store/order-item.ts';
import { type Item, openTable } from '../../core/store/table.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { recomputeMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { type Projection, recompute } from '../../core/use-cases/recompute.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);

const projection: Projection = {
  table: openTable(env.TABLE_NAME),
  clocks: clocksOf(env),
  pause: pauseBetweenWriters,
};

/**
 * Takes the changes of order items in the order of the stream and brings each into its transaction. Stops at the
 * first that fails and reports it, so that none overtakes it.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  let newest = 0;
  try {
    for (const record of event.Records) {
      const heardAt = await recomputeRecord(record);
      if (heardAt === null) return { batchItemFailures: [failureOf(record)] };
      newest = Math.max(newest, heardAt);
    }
    return { batchItemFailures: [] };
  } finally {
    if (newest > 0) await recordHeartbeatAt(newest);
    metrics.write();
  }
}

/**
 * Once per batch that brings what a webhook said. It is there to be looked at: without it nothing is lost, so that it
 * fails keeps nothing back.
 */
async function recordHeartbeatAt(seconds: number): Promise<void> {
  try {
    await recordHeartbeat(projection.table, parseInstant(new Date(seconds * 1_000).toISOString()) ?? '');
  } catch (error) {
    logger.warn('heartbeat not recorded', { error_name: error instanceof Error ? error.name : 'unknown' });
  }
}

/** Gives when a webhook wrote this (seconds since the epoch; 0 if it was something else), null if it failed. */
async function recomputeRecord({ dynamodb = {} }: DynamoDBRecord): Promise<number | null> {
  try {
    const [before, after] = [imageOf(dynamodb.OldImage), imageOf(dynamodb.NewImage)];
    if (!after) return 0;
    const order = readOrderItem(after);
    const outcome = await recompute(projection, order);
    metrics.count(recomputeMetrics[outcome]);
    logger.info('recomputed', { order_id: order.id, version: order.version, outcome });
    return isOfWebhook(before, after) ? (dynamodb.ApproximateCreationDateTime ?? 0) : 0;
  } catch (error) {
    metrics.count(recomputeMetrics.failed);
    logger.error('recompute failed; the record will be tried again', {
      order_key: dynamodb.Keys?.pk?.S,
      sequence_number: dynamodb.SequenceNumber,
      error_name: error instanceof Error ? error.name : 'unknown',
      error_message: error instanceof Error ? error.message : undefined,
    });
    return null;
  }
}

function failureOf({ dynamodb }: DynamoDBRecord) {
  return { itemIdentifier: dynamodb?.SequenceNumber ?? '' };
}

function imageOf(image: Record<string, unknown> | undefined): Item | null {
  return image ? unmarshall(image as Record<string, AttributeValue>) : null;
}
