import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause } from '../../core/concurrency/retry.ts';
import { causeOfChange } from '../../core/store/stream-record.ts';
import { itemName } from '../../core/store/table-layout.ts';
import { correlateWith, identified } from '../../core/telemetry/invocation.ts';
import { errorFields, logger } from '../../core/telemetry/logger.ts';
import { publishMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { publishChange } from '../../core/use-cases/publish-change.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const bus = {
  client: new EventBridgeClient(QUICK),
  name: env.EVENT_BUS_NAME,
  pause: jitteredPause(50, 2_000),
};

/**
 * The outbox: publishes the events of each change of a transaction in stream order. Stops at the first record that fails and
 * reports it. An event can be published twice with the same id, but none is lost.
 */
async function publishRecords(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
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

export const handler = identified(publishRecords);

function itemNameOf({ dynamodb: { Keys: { pk, sk } = {} } = {} }: DynamoDBRecord): string {
  return itemName({ pk: pk?.S, sk: sk?.S });
}

async function publishRecord(record: DynamoDBRecord) {
  correlateWith(causeOfChange(record.dynamodb));
  try {
    const events = await publishChange(bus, record.dynamodb ?? {});
    if (events.length === 0) return null;
    metrics.count(publishMetrics.published, events.length);
    logger.info('published', {
      transaction_key: itemNameOf(record),
      events: events.map(({ type }) => type),
    });
    return null;
  } catch (error) {
    metrics.count(publishMetrics.failed);
    logger.error('publishing failed; the record will be retried', {
      transaction_key: itemNameOf(record),
      sequence_number: record.dynamodb?.SequenceNumber,
      ...errorFields(error),
    });
    return { itemIdentifier: record.dynamodb?.SequenceNumber ?? '' };
  }
}
