import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { parseInstant } from '../domain/instant.ts';
import { clocksOf } from '../projection/clocks.ts';
import { type Projection, recompute } from '../projection/recompute.ts';
import { pauseBetweenWriters } from '../projection/retry.ts';
import { isOfWebhook, readOrderItem } from '../store/order-item.ts';
import { notePulse } from '../store/pulse.ts';
import { type Item, openTable } from '../store/table.ts';
import { logger } from '../telemetry/logger.ts';
import { metrics } from '../telemetry/metrics.ts';
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
  let newest: number | undefined;
  try {
    for (const record of event.Records) {
      const [before, after] = [imageOf(record.dynamodb?.OldImage), imageOf(record.dynamodb?.NewImage)];
      if (!after) continue;
      const failure = await recomputeRecord(record, before, after);
      if (failure) return { batchItemFailures: [failure] };
      if (!isOfWebhook(before, after)) continue;
      newest = Math.max(newest ?? 0, record.dynamodb?.ApproximateCreationDateTime ?? 0);
    }
    return { batchItemFailures: [] };
  } finally {
    if (newest) await notePulseAt(newest);
    metrics.write();
  }
}

/**
 * Once per batch that brings what a webhook said. It is there to be looked at: without it nothing is lost, so that it
 * fails keeps nothing back.
 */
async function notePulseAt(seconds: number): Promise<void> {
  try {
    await notePulse(projection.table, parseInstant(new Date(seconds * 1_000).toISOString()) ?? '');
  } catch (error) {
    logger.warn('pulse not noted', { error_name: error instanceof Error ? error.name : 'unknown' });
  }
}

async function recomputeRecord(record: DynamoDBRecord, before: Item | null, after: Item) {
  const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
  try {
    const order = readOrderItem(after);
    const outcome = await recompute(projection, order, before && readOrderItem(before));
    metrics.count(`Recompute_${outcome}`);
    logger.info('recomputed', { order_id: order.id, version: order.version, outcome });
    return null;
  } catch (error) {
    metrics.count('RecomputeFailed');
    logger.error('recompute failed; the record will be tried again', {
      order_key: record.dynamodb?.Keys?.pk?.S,
      sequence_number: itemIdentifier,
      error_name: error instanceof Error ? error.name : 'unknown',
      error_message: error instanceof Error ? error.message : undefined,
    });
    return { itemIdentifier };
  }
}

function imageOf(image: Record<string, unknown> | undefined): Item | null {
  return image ? unmarshall(image as Record<string, AttributeValue>) : null;
}
