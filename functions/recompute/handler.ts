import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { processInLanes } from '../../core/concurrency/lanes.ts';
import { MARK_EVERY } from '../../core/domain/change-tokens.ts';
import { parseInstant } from '../../core/domain/instant.ts';
import { criticalState } from '../../core/domain/order/critical-result.ts';
import { formerHomesOf, homeOf } from '../../core/domain/order/membership.ts';
import type { OrderRecord } from '../../core/domain/order/order-record.ts';
import { projectionOf } from '../../core/environment/projection.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { isOfWebhook, readOrderItem } from '../../core/store/orders/order-item.ts';
import { causeOfChange, isLoaded, readStreamRecord } from '../../core/store/stream-record.ts';
import { itemName } from '../../core/store/table-layout.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { causedBy, identified } from '../../core/telemetry/invocation.ts';
import { errorFields, errorName, logger } from '../../core/telemetry/logger.ts';
import { recomputeMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { recompute } from '../../core/use-cases/recompute.ts';
import { environment } from './env.ts';

const projection = projectionOf(readOrThrow(environment, process.env));
const { marks } = projection.table;
// They are written with the heartbeat.
if (marks) marks.atOnce = false;
/** When this environment last recorded a heartbeat (ms since 1970). */
let beatAt = 0;

/** A record of the stream, read, or why it cannot be read. */
interface Change {
  readonly record: DynamoDBRecord;
  /** Null for an order that was removed. */
  readonly order?: OrderRecord | null;
  readonly isOfWebhook?: boolean;
  readonly fault?: unknown;
}

/**
 * Puts each changed order into its transaction: in stream order per transaction, several transactions at the same time. Reports
 * the first record that fails, so that it and everything after it is delivered again. What was done after it is then repeated,
 * which changes nothing.
 */
async function recomputeRecords(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const records = event.Records.filter(({ dynamodb }) => !isLoaded(dynamodb));
  const changes = records.map(readChange);
  const done = await processInLanes(changes, concerned, recomputeChange);
  const newest = Math.max(0, ...changes.slice(0, done).map(writtenAt));
  noteChanges(changes.slice(0, done));
  await recordHeartbeatAt(newest);
  metrics.write();
  const failed = records[done];
  if (failed) return { batchItemFailures: [failureOf(failed)] };
  return { batchItemFailures: [] };
}

export const handler = answeringProbes(projection.table, identified(recomputeRecords));

/** An order can change without its transaction, and a critical result is on a list of its own. */
function noteChanges(changes: readonly Change[]): void {
  if (changes.length > 0) marks?.note('rest');
  if (changes.some(({ order }) => order && criticalState(order) !== null)) marks?.note('worklist');
}

/**
 * Records the heartbeat, at most every ten seconds, and in the same write what changed. The heartbeat only serves monitoring, so it
 * may be as much older than the newest webhook, and its failure does not fail the batch.
 *
 * @param seconds when the newest webhook was written; 0 for none
 */
async function recordHeartbeatAt(seconds: number): Promise<void> {
  const now = Date.now();
  // The clock can be set back.
  const isDue = seconds > 0 && Math.abs(now - beatAt) >= MARK_EVERY;
  const written_at = parseInstant(new Date(seconds * 1_000).toISOString()) ?? '';
  try {
    await marks?.flush(isDue ? { written_at } : {});
    if (isDue) beatAt = now;
  } catch (error) {
    logger.warn('heartbeat not recorded', errorName(error));
  }
}

function readChange(record: DynamoDBRecord): Change {
  try {
    const { before, after } = readStreamRecord(record.dynamodb ?? {});
    if (!after) return { record, order: null };
    return { record, order: readOrderItem(after), isOfWebhook: isOfWebhook(before, after) };
  } catch (fault) {
    return { record, fault };
  }
}

/**
 * The order of a change, and every transaction that the order itself knows of. Another one can be concerned that only its
 * transaction names, because the order is set apart there. Then two lanes can meet in one transaction: the later write loses by
 * its condition, and is repeated with what the other one wrote. The versions of the orders decide, and not who writes last.
 */
function* concerned({ record, order }: Change): Generator<string> {
  if (order) yield* [order.id, homeOf(order), ...formerHomesOf(order)];
  else yield `${record.dynamodb?.Keys?.pk?.S}`;
}

/** When a webhook made the change, in seconds since 1970; 0 if something else made it. */
function writtenAt({ record, isOfWebhook: isWebhook = false }: Change): number {
  return isWebhook ? (record.dynamodb?.ApproximateCreationDateTime ?? 0) : 0;
}

/** @returns whether it succeeded */
function recomputeChange({ record: { dynamodb = {} }, order, fault }: Change): Promise<boolean> {
  return causedBy(causeOfChange(dynamodb), async () => {
    try {
      if (order === undefined) throw fault;
      if (order === null) return true;
      const outcome = await recompute(projection, order);
      metrics.count(recomputeMetrics[outcome]);
      logger.info('recomputed', { order_id: order.id, version: order.version, outcome });
      return true;
    } catch (error) {
      metrics.count(recomputeMetrics.failed);
      logger.error('recompute failed; the record will be retried', {
        order_key: itemName({ pk: dynamodb.Keys?.pk?.S, sk: dynamodb.Keys?.sk?.S }),
        sequence_number: dynamodb.SequenceNumber,
        ...errorFields(error),
      });
      return false;
    }
  });
}

function failureOf({ dynamodb }: DynamoDBRecord) {
  return { itemIdentifier: dynamodb?.SequenceNumber ?? '' };
}
