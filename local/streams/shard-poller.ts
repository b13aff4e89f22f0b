import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Positions } from './checkpoints.ts';
import type { StreamMapping } from './event-source-mapping.ts';
import { keepFailedBatch } from './failed-batches.ts';
import type { WakeUp } from './interruptible-wait.ts';
import type { RecordAge } from './record-age.ts';
import { readShard, type ShardReader } from './shard-reader.ts';
import { type BatchPorts, deliverBatch, type GivenUp } from './stream-batch.ts';
import { type LambdaRecord, lambdaRecord } from './stream-records.ts';
import type { StreamsOptions } from './streams.ts';

export interface Lane {
  client: DynamoDBStreamsClient;
  mapping: StreamMapping;
  streamArn: string;
  shardId: string;
  start: 'TRIM_HORIZON' | 'LATEST';
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

/** Records that match and are not yet with the function. */
interface Waiting {
  records: LambdaRecord[];
  /** By performance.now(). */
  since: number;
}

/** Reads one shard, and hands what matches to the function, until the shard has ended or the run stops. */
export async function runShard(lane: Lane): Promise<void> {
  const { mapping, positions, streamArn, shardId, stopping } = lane;
  const reader = readShard(
    lane.client,
    streamArn,
    shardId,
    positions.get(streamArn, shardId)?.after,
    lane.start,
  );
  const waiting: Waiting = { records: [], since: 0 };
  let pause = SHORTEST_PAUSE_MS;
  while (!stopping.aborted) {
    const { records, ended } = await readPage(lane, reader);
    const matching = records.filter(mapping.matches);
    if (waiting.records.length === 0) waiting.since = performance.now();
    waiting.records.push(...matching);
    if (!(await deliverWaiting(lane, waiting, ended))) return;
    const last = records.at(-1);
    if (waiting.records.length === 0 && last) passed(lane, last.dynamodb.SequenceNumber);
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

/**
 * Delivers full batches, and what is left once the batching window is over or nothing more will come.
 * @returns false if the run stops.
 */
async function deliverWaiting(lane: Lane, waiting: Waiting, ended: boolean): Promise<boolean> {
  const { mapping } = lane;
  const windowOver = performance.now() - waiting.since >= mapping.batchingWindowMs;
  const fewest = ended || windowOver ? 1 : mapping.batchSize;
  while (waiting.records.length >= fewest) {
    const batch = takeBatch(waiting.records, mapping.batchSize);
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
  while (!lane.stopping.aborted && performance.now() < end) await lane.wake.wait(end - performance.now());
  return !lane.stopping.aborted;
}

function giveUp(lane: Lane, batch: GivenUp): void {
  const { mapping, streamArn, shardId, options } = lane;
  const what = `${mapping.function.name} gave up ${batch.records.length} stream record(s) (${batch.condition})`;
  const place = keepFailedBatch(options.data, mapping, { streamArn, shardId }, batch, new Date());
  options.report(
    place === undefined
      ? `${what}; the mapping has no on-failure destination, so they are dropped.`
      : `${what}; they are kept in ${place}`,
  );
}

function passed(lane: Lane, sequenceNumber: string): void {
  lane.positions.set(lane.streamArn, lane.shardId, { after: sequenceNumber });
}
