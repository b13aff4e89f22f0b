import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause } from '../../core/concurrency/retry.ts';
import { eventsBetween } from '../../core/domain/transaction/transaction-changes.ts';
import { putEvents } from '../../core/events/bus.ts';
import { readTransactionItem, type StoredTransaction } from '../../core/store/transaction-item.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { publishMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const bus = {
  client: new EventBridgeClient(QUICK),
  name: env.EVENT_BUS_NAME,
  pause: jitteredPause(50, 2_000),
};

/**
 * The outbox: tells the bus what each change of a transaction means, in the order of the stream. Stops at the first
 * that fails and reports it. An event can come twice, with the same id; none is lost.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  try {
    for (const record of event.Records) {
      const failure = await publishRecord(record);
      if (failure) return { batchItemFailures: [failure] };
    }
    return { batchItemFailures: [] };
  } finally {
    metrics.write();
  }
}

async function publishRecord(record: DynamoDBRecord) {
  try {
    const after = imageOf(record.dynamodb?.NewImage);
    // A transaction goes when its orders have moved to another one: that one has the news.
    if (!after) return null;
    const events = eventsBetween(imageOf(record.dynamodb?.OldImage), after);
    if (events.length === 0) return null;
    await putEvents(bus, events);
    metrics.count(publishMetrics.published, events.length);
    logger.info('published', { transaction_id: after.id, events: events.map(({ type }) => type) });
    return null;
  } catch (error) {
    metrics.count(publishMetrics.failed);
    logger.error('publishing failed; the record will be tried again', {
      transaction_key: record.dynamodb?.Keys?.pk?.S,
      sequence_number: record.dynamodb?.SequenceNumber,
      error_name: error instanceof Error ? error.name : 'unknown',
      error_message: error instanceof Error ? error.message : undefined,
    });
    return { itemIdentifier: record.dynamodb?.SequenceNumber ?? '' };
  }
}

function imageOf(image: Record<string, unknown> | undefined): StoredTransaction | null {
  return image ? readTransactionItem(unmarshall(image as Record<string, AttributeValue>)) : null;
}
