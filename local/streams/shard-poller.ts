import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Positions } from './checkpoints.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { keepFailedBatch } from './failed-batches.ts';
import type { WakeUp } from './interruptible-wait.ts';
import type { RecordAge } from './record-age.ts';
import { readShard, type ShardReader } from './shard-reader.ts';
import { type BatchPorts, deliverBatch, type GivenUp } from './stream-batch.ts';
import { type LambdaRecord, lambdaRecord } from './stream-records.ts';
import type { StreamsOptions } from './streams.ts';

export interface Lane {
  client: DynamoDBStreamsClient;
  mapping: EventSourceMapping;
  streamArn: string;
  shardId: string;
  positions: Positions;
  options: StreamsOptions;
  stopping: AbortSignal;
  wake: WakeUp;
  age: RecordAge;
}

/** Idle, a lane looks again after 5 ms, then ever less often. Writes by our own functions wake it up anyway. */
const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 150;
const AFTER_ERROR_MS = 1000;
/** Lambda's limit for an event, with room for what goes around the records. */
const MOST_PAYLOAD_CHARACTERS = 5_500_000;

/** Reads one shard, and hands what matches to the function, until the shard has ended or the run stops. */
export async function runShard(lane: Lane): Promise<void> {
  const { mapping, positions, streamArn, shardId, stopping } = lane;
  const reader = readShard(lane.client, streamArn, shardId, positions.get(streamArn, shardId)?.after);
  let pause = SHORTEST_PAUSE_MS;
  while (!stopping.aborted) {
    const { records, ended } = await readPage(lane, reader);
    if (!(await deliver(lane, records.filter(mapping.matches)))) return;
    const last = records.at(-1);
    if (last) passed(lane, last.dynamodb.SequenceNumber);
    if (ended) {
      positions.set(streamArn, shardId, { ...positions.get(streamArn, shardId), finished: true });
      return;
    }
    pause = records.length > 0 ? SHORTEST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * 2);
    if (records.length === 0) await lane.wake.wait(pause);
  }
}

async function readPage(
  lane: Lane,
  reader: ShardReader,
): Promise<{ records: LambdaRecord[]; ended: boolean }> {
  try {
    const page = await reader.next();
    return {
      records: (page ?? []).map((record) => lambdaRecord(record, lane.streamArn)),
      ended: page === undefined,
    };
  } catch (error) {
    if (!lane.stopping.aborted) {
      lane.options.report(`The stream of ${lane.mapping.tableName} cannot be read: ${String(error)}`);
      await pauseFor(lane, AFTER_ERROR_MS);
    }
    return { records: [], ended: false };
  }
}

/** @returns false if the run stops. */
async function deliver(lane: Lane, matching: LambdaRecord[]): Promise<boolean> {
  const { mapping } = lane;
  while (matching.length > 0) {
    const batch = takeBatch(matching, mapping.batchSize);
    const delivered = await deliverBatch(mapping, batch, batchPorts(lane));
    if (!delivered || lane.stopping.aborted) return false;
  }
  return true;
}

function takeBatch(waiting: LambdaRecord[], batchSize: number): LambdaRecord[] {
  let count = 0;
  for (let size = 0; count < Math.min(batchSize, waiting.length); count += 1) {
    size += JSON.stringify(waiting[count]).length;
    if (count > 0 && size > MOST_PAYLOAD_CHARACTERS) break;
  }
  return waiting.splice(0, count);
}

function batchPorts(lane: Lane): BatchPorts {
  const target = lane.options.functions.get(lane.mapping.function.name);
  return {
    invoke: (records) => {
      if (!target) throw new Error(`no function ${lane.mapping.function.name}`);
      const written = records.at(-1)?.dynamodb.ApproximateCreationDateTime ?? 0;
      lane.options.onInvoke(target.definition, Date.now() - written * 1000);
      return target.invoke(JSON.stringify({ Records: records }));
    },
    giveUp: async (batch) => giveUp(lane, batch),
    handled: (sequenceNumber) => passed(lane, sequenceNumber),
    sleep: (milliseconds) => pauseFor(lane, milliseconds),
    age: lane.age,
  };
}

/** Sleeps however often it is woken, but not past the end of the run. */
async function pauseFor(lane: Lane, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!lane.stopping.aborted && performance.now() < end)
    await lane.wake.wait(Math.max(0, end - performance.now()));
  return !lane.stopping.aborted;
}

function giveUp(lane: Lane, batch: GivenUp): void {
  const { mapping, streamArn, shardId, options } = lane;
  const file = keepFailedBatch(options.data, mapping, { streamArn, shardId }, batch, new Date());
  const { records, condition } = batch;
  options.report(
    `${mapping.function.name} discarded ${records.length} stream record(s) (${condition}); they are kept in ${file}`,
  );
}

function passed(lane: Lane, sequenceNumber: string): void {
  lane.positions.set(lane.streamArn, lane.shardId, { after: sequenceNumber });
}
