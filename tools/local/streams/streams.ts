import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient, type Shard } from '@aws-sdk/client-dynamodb-streams';
import { Problem } from '../../../lib/problems/problem.ts';
import { localClientSettings } from '../database/client-settings.ts';
import { type Checkpoints, openCheckpoints } from './checkpoints.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { type InterruptibleWait, interruptibleWait } from './interruptible-wait.ts';
import { recordAge } from './record-age.ts';
import { pollShard } from './shard-poller.ts';
import type { StreamsOptions } from './streams-options.ts';

export interface Streams {
  /** Polls at once, because a function has written something. */
  poll(): void;
  /**
   * Resolves when the functions have handled all records that were written before, and what they wrote because of them. What
   * waits for another attempt does not count.
   */
  settled(): Promise<void>;
  /** Waits for the current batches, without further retries. */
  stop(): Promise<void>;
}

const SHARDS_EVERY_MS = 10_000;
const LOOK_AGAIN_MS = 5;

/** Runs the event source mappings: each shard in order, and a child shard after its parent. */
export async function startStreams(options: StreamsOptions): Promise<Streams> {
  const settings = localClientSettings(options.endpoint);
  const client = new DynamoDBStreamsClient(settings);
  // The middleware copies every attribute of every record for a logger that does not exist.
  client.middlewareStack.remove('loggerMiddleware');
  const stopping = new AbortController();
  const waits = new Set<InterruptibleWait>();
  const arns = await streamArns(settings, options.mappings);
  // Until its shards are known, a mapping has no poller, so it is not idle but has not begun.
  const starting = new Set(options.mappings);
  const running = options.mappings.map((mapping) => {
    const started = () => void starting.delete(mapping);
    const streamArn = arns.get(mapping.tableName) ?? '';
    return runMapping({ client, mapping, streamArn, options, stopping: stopping.signal, waits, started });
  });
  const isIdle = () => starting.size === 0 && [...waits].every(({ isWaiting }) => isWaiting);
  const poll = () => {
    for (const wait of waits) wait.interrupt();
  };
  return {
    poll,
    async settled() {
      poll();
      // What a function writes interrupts the waits again.
      while (!stopping.signal.aborted && !isIdle()) await sleep(LOOK_AGAIN_MS);
    },
    async stop() {
      stopping.abort();
      poll();
      await Promise.all(running);
      client.destroy();
    },
  };
}

interface RunningMapping {
  readonly client: DynamoDBStreamsClient;
  readonly mapping: EventSourceMapping;
  readonly streamArn: string;
  readonly options: StreamsOptions;
  readonly stopping: AbortSignal;
  readonly waits: Set<InterruptibleWait>;
  /** Called when the shards of the stream are known and have their pollers. */
  readonly started: () => void;
}

async function runMapping(running: RunningMapping): Promise<void> {
  const { client, mapping, streamArn, options, stopping, waits, started } = running;
  const checkpoints = openCheckpoints(options.data.file('checkpoints', `${mapping.id}.json`), options.report);
  const pollers = new Map<string, Promise<void>>();
  while (!stopping.aborted) {
    const shards = await describeShards(client, streamArn).catch((error: unknown) => {
      if (!stopping.aborted)
        options.report(`The stream of ${mapping.tableName} cannot be read: ${String(error)}`);
      return [];
    });
    for (const shardId of readyShards(shards, pollers, checkpoints, streamArn)) {
      const idle = interruptibleWait();
      waits.add(idle);
      const poller = pollShard({
        client,
        mapping,
        streamArn,
        shardId,
        checkpoints,
        options,
        stopping,
        idle,
        age: recordAge(options.retryTimeScale),
      })
        .catch(async (error: unknown) => {
          options.report(
            `The stream records for ${mapping.function.name} cannot be delivered: ${String(error)}`,
          );
          await pause(1000, stopping);
        })
        .finally(() => {
          waits.delete(idle);
          pollers.delete(shardId);
        });
      pollers.set(shardId, poller);
    }
    if (shards.length > 0) started();
    // Children of a shard that ended can be read now.
    await Promise.race([pause(shards.length > 0 ? SHARDS_EVERY_MS : 200, stopping), ...pollers.values()]);
  }
  await Promise.all(pollers.values());
  await checkpoints.saved();
}

/** The unread shards whose parent is finished or no longer exists. */
function readyShards(
  shards: Shard[],
  pollers: Map<string, unknown>,
  checkpoints: Checkpoints,
  streamArn: string,
) {
  const known = new Set(shards.map(({ ShardId }) => ShardId));
  const finished = (shardId: string) => checkpoints.get(streamArn, shardId)?.finished === true;
  return shards.flatMap(({ ShardId: shardId = '', ParentShardId: parent }) => {
    if (pollers.has(shardId) || finished(shardId)) return [];
    return parent === undefined || !known.has(parent) || finished(parent) ? [shardId] : [];
  });
}

function pause(milliseconds: number, stopping: AbortSignal): Promise<void> {
  return sleep(milliseconds, undefined, { signal: stopping }).catch(() => {});
}

async function describeShards(client: DynamoDBStreamsClient, streamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let from: string | undefined;
  do {
    const page = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ...(from && { ExclusiveStartShardId: from }) }),
    );
    shards.push(...(page.StreamDescription?.Shards ?? []));
    from = page.StreamDescription?.LastEvaluatedShardId;
  } while (from !== undefined);
  return shards;
}

async function streamArns(settings: ReturnType<typeof localClientSettings>, mappings: EventSourceMapping[]) {
  const client = new DynamoDBClient(settings);
  try {
    const arns = new Map<string, string>();
    for (const { tableName, id } of mappings) {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
      if (Table?.LatestStreamArn === undefined)
        throw new Problem(`The table ${tableName}, which ${id} reads, has no stream.`);
      arns.set(tableName, Table.LatestStreamArn);
    }
    return arns;
  } finally {
    client.destroy();
  }
}
