import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Checkpoints } from './checkpoints.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { keepFailedBatch } from './failed-batches.ts';
import type { InterruptibleWait } from './interruptible-wait.ts';
import type { RecordAge } from './record-age.ts';
import { readShard, type ShardReader } from './shard-reader.ts';
import { type BatchContext, type DiscardedBatch, deliverBatch } from './stream-batch.ts';
import { type LambdaRecord, lambdaRecord } from './stream-records.ts';
import type { StreamsOptions } from './streams-options.ts';

export interface ShardPoller {
  client: DynamoDBStreamsClient;
  mapping: EventSourceMapping;
  streamArn: string;
  shardId: string;
  checkpoints: Checkpoints;
  options: StreamsOptions;
  stopping: AbortSignal;
  idle: InterruptibleWait;
  age: RecordAge;
}

/**
 * What a function writes interrupts the wait of an idle poller. Only what others write to the table waits for it: 20 ms at
 * first, then longer and longer. Lambda polls four times a second: https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
const MIN_PAUSE_MS = 20;
const MAX_PAUSE_MS = 1000;
const AFTER_ERROR_MS = 1000;
/** Lambda's limit for an event is 6 MB, with some room for the rest of the event. */
const MAX_PAYLOAD_CHARACTERS = 5_500_000;

/** Reads a shard and delivers the matching records to the function, until the shard ends or the run stops. */
export async function pollShard(poller: ShardPoller): Promise<void> {
  const { mapping, checkpoints, streamArn, shardId, stopping } = poller;
  const reader = readShard(poller.client, streamArn, shardId, checkpoints.get(streamArn, shardId)?.after);
  let pause = MIN_PAUSE_MS;
  while (!stopping.aborted) {
    const { records, ended } = await readPage(poller, reader);
    if (!(await deliver(poller, records.filter(mapping.matches)))) return;
    const last = records.at(-1);
    if (last) checkpoint(poller, last.dynamodb.SequenceNumber);
    if (ended) {
      checkpoints.set(streamArn, shardId, { ...checkpoints.get(streamArn, shardId), finished: true });
      return;
    }
    pause = records.length > 0 ? MIN_PAUSE_MS : Math.min(MAX_PAUSE_MS, pause * 2);
    if (records.length === 0) await poller.idle.wait(pause);
  }
}

async function readPage(
  poller: ShardPoller,
  reader: ShardReader,
): Promise<{ records: LambdaRecord[]; ended: boolean }> {
  try {
    const page = await reader.next();
    return {
      records: (page ?? []).map((record) => lambdaRecord(record, poller.streamArn)),
      ended: page === undefined,
    };
  } catch (error) {
    if (!poller.stopping.aborted) {
      poller.options.report(`The stream of ${poller.mapping.tableName} cannot be read: ${String(error)}`);
      await pauseFor(poller, AFTER_ERROR_MS);
    }
    return { records: [], ended: false };
  }
}

/** @returns false if the run stops. */
async function deliver(poller: ShardPoller, matching: LambdaRecord[]): Promise<boolean> {
  const { mapping } = poller;
  while (matching.length > 0) {
    const batch = takeBatch(matching, mapping.batchSize);
    const delivered = await deliverBatch(mapping, batch, batchContext(poller));
    if (!delivered || poller.stopping.aborted) return false;
  }
  return true;
}

function takeBatch(waiting: LambdaRecord[], batchSize: number): LambdaRecord[] {
  let count = 0;
  for (let size = 0; count < Math.min(batchSize, waiting.length); count += 1) {
    size += JSON.stringify(waiting[count]).length;
    if (count > 0 && size > MAX_PAYLOAD_CHARACTERS) break;
  }
  return waiting.splice(0, count);
}

function batchContext(poller: ShardPoller): BatchContext {
  const target = poller.options.functions.get(poller.mapping.function.name);
  return {
    invoke: (records) => {
      if (!target) throw new Error(`There is no function ${poller.mapping.function.name}.`);
      const written = records.at(-1)?.dynamodb.ApproximateCreationDateTime ?? 0;
      poller.options.onInvoke(target.definition, Date.now() - written * 1000);
      return target.invoke(JSON.stringify({ Records: records }));
    },
    discard: async (batch) => discard(poller, batch),
    handled: (sequenceNumber) => checkpoint(poller, sequenceNumber),
    sleep: (milliseconds) => pauseFor(poller, milliseconds),
    age: poller.age,
    attempted: (failed) => poller.options.onResult(poller.mapping, failed),
  };
}

/** Waits for the whole time, even if it is interrupted, but not past the end of the run. */
async function pauseFor(poller: ShardPoller, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!poller.stopping.aborted && performance.now() < end)
    await poller.idle.wait(Math.max(0, end - performance.now()));
  return !poller.stopping.aborted;
}

/** As on Lambda, records that the failure bucket does not take either are lost. */
function discard(poller: ShardPoller, batch: DiscardedBatch): void {
  const { mapping, streamArn, shardId, options } = poller;
  const { records } = batch;
  const what = `${mapping.function.name} discarded ${records.length} stream record(s) (RecordAgeExceeded)`;
  try {
    const file = keepFailedBatch(options.data, mapping, { streamArn, shardId }, batch, new Date());
    options.report(`${what}; they are kept in ${file}`);
  } catch (error) {
    options.onDropped(mapping, records.length);
    options.report(`${what}, and dropped them, because they could not be kept: ${String(error)}`);
  }
}

function checkpoint(poller: ShardPoller, sequenceNumber: string): void {
  poller.checkpoints.set(poller.streamArn, poller.shardId, { after: sequenceNumber });
}
