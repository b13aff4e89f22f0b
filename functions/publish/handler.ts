import type {
  DynamoDBBatchItemFailure,
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
} from 'aws-lambda';
import type { Instant } from '../../core/domain/instant.ts';
import { busOf } from '../../core/environment/bus.ts';
import { teamsOf } from '../../core/environment/teams.ts';
import { watchingSinceOf } from '../../core/environment/watching.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { causeOfChange } from '../../core/store/stream-record.ts';
import { openTable } from '../../core/store/table.ts';
import { itemName } from '../../core/store/table-layout.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlateWith, correlationId, identified } from '../../core/telemetry/invocation.ts';
import { errorFields, logger } from '../../core/telemetry/logger.ts';
import { publishMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { type CountedChange, countChanges } from '../../core/use-cases/count-changes.ts';
import { type PublishedChange, publishChange } from '../../core/use-cases/publish-change.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const bus = busOf(env);

const shown = {
  table: openTable(env.TABLE_NAME, correlationId, reportDamaged),
  teamId: env.TEAM_ID ?? null,
  teams: teamsOf(env),
};
const watchingSince = watchingSinceOf(env, shown.table);

/**
 * The outbox: publishes the events of each change of a transaction in stream order. Stops at the first record that fails and
 * reports it. An event can be published twice with the same id, but none is lost. At the end, the changes that were
 * published are added to the counters and insights.
 */
async function publishRecords(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const counted: CountedChange[] = [];
  // It is stored before the first history is, so one reading is enough for all that a batch tells.
  let reading: Promise<Instant | null> | undefined;
  const since = () => {
    reading ??= watchingSince();
    return reading;
  };
  try {
    for (const record of event.Records) {
      const published = await publishRecord(record, since);
      if ('itemIdentifier' in published) return { batchItemFailures: [published] };
      if (published.counted) counted.push(published.counted);
    }
    return { batchItemFailures: [] };
  } finally {
    await count(counted);
    metrics.write();
  }
}

/** The counts are statistics. If they cannot be written, events go on, and the next recount corrects the counts. */
async function count(changes: readonly CountedChange[]): Promise<void> {
  try {
    await countChanges(shown, changes);
  } catch (error) {
    metrics.count(publishMetrics.uncounted, changes.length);
    logger.error('changes not counted; the next recount corrects this', errorFields(error));
  }
}

export const handler = identified(publishRecords);

function itemNameOf({ dynamodb: { Keys: { pk, sk } = {} } = {} }: DynamoDBRecord): string {
  return itemName({ pk: pk?.S, sk: sk?.S });
}

async function publishRecord(
  record: DynamoDBRecord,
  since: () => Promise<Instant | null>,
): Promise<PublishedChange | DynamoDBBatchItemFailure> {
  correlateWith(causeOfChange(record.dynamodb));
  try {
    const published = await publishChange(bus, record.dynamodb ?? {}, await since());
    const { events } = published;
    if (events.length > 0) {
      metrics.count(publishMetrics.published, events.length);
      logger.info('published', {
        transaction_key: itemNameOf(record),
        events: events.map(({ type }) => type),
        ...(events.some(({ historical }) => historical) && { historical: true }),
      });
    }
    return published;
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
