import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient, type Shard } from '@aws-sdk/client-dynamodb-streams';
import { localClientSettings } from '../database/client-settings.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import { Problem } from '../problem.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import type { LocalFunction } from '../runtime/functions.ts';
import { openPositions, type Positions } from './checkpoints.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { type WakeUp, wakeUp } from './interruptible-wait.ts';
import { recordAge } from './record-age.ts';
import { runShard } from './shard-poller.ts';

export interface Streams {
  /** Something may have been written: look at once. */
  wake(): void;
  /** Lets batches under way finish, if they can. */
  stop(): Promise<void>;
}

export interface StreamsOptions {
  endpoint: string;
  mappings: EventSourceMapping[];
  functions: ReadonlyMap<string, LocalFunction>;
  data: DataDirectory;
  /** How many times faster than on AWS failing records get too old. */
  retryTimeScale: number;
  /** Before a batch is handed to a function: how old its last record is (ms). */
  onInvoke(definition: FunctionDefinition, age: number): void;
  /** For a person: what went wrong, what was given up. */
  report(line: string): void;
}

const SHARDS_EVERY_MS = 10_000;

/** Runs the event source mappings of streams: each shard in order, a child after its parent. */
export async function startStreams(options: StreamsOptions): Promise<Streams> {
  const settings = localClientSettings(options.endpoint);
  const client = new DynamoDBStreamsClient(settings);
  // It would copy every record, attribute by attribute, for a logger that is not there.
  client.middlewareStack.remove('loggerMiddleware');
  const stopping = new AbortController();
  const wakeUps = new Set<WakeUp>();
  const arns = await streamArns(settings, options.mappings);
  const running = options.mappings.map((mapping) =>
    runMapping(client, mapping, arns.get(mapping.tableName) ?? '', options, stopping.signal, wakeUps),
  );
  const wake = () => {
    for (const each of wakeUps) each.wake();
  };
  return {
    wake,
    async stop() {
      stopping.abort();
      wake();
      await Promise.all(running);
      client.destroy();
    },
  };
}

async function runMapping(
  client: DynamoDBStreamsClient,
  mapping: EventSourceMapping,
  streamArn: string,
  options: StreamsOptions,
  stopping: AbortSignal,
  wakeUps: Set<WakeUp>,
): Promise<void> {
  const positions = openPositions(options.data.file('positions', `${mapping.id}.json`), options.report);
  const lanes = new Map<string, Promise<void>>();
  while (!stopping.aborted) {
    const shards = await describeShards(client, streamArn).catch((error: unknown) => {
      if (!stopping.aborted)
        options.report(`The stream of ${mapping.tableName} cannot be read: ${String(error)}`);
      return [];
    });
    for (const shardId of readyShards(shards, lanes, positions, streamArn)) {
      const wake = wakeUp();
      wakeUps.add(wake);
      const lane = runShard({
        client,
        mapping,
        streamArn,
        shardId,
        positions,
        options,
        stopping,
        wake,
        age: recordAge(options.retryTimeScale),
      })
        .catch(async (error: unknown) => {
          options.report(`${mapping.function.name} cannot be given stream records: ${String(error)}`);
          await pause(1000, stopping);
        })
        .finally(() => {
          wakeUps.delete(wake);
          lanes.delete(shardId);
        });
      lanes.set(shardId, lane);
    }
    // A shard that ends may have children waiting for that.
    await Promise.race([pause(shards.length > 0 ? SHARDS_EVERY_MS : 200, stopping), ...lanes.values()]);
  }
  await Promise.all(lanes.values());
  await positions.kept();
}

/** Those not yet read whose parent, if it is still there, is finished. */
function readyShards(shards: Shard[], lanes: Map<string, unknown>, positions: Positions, streamArn: string) {
  const known = new Set(shards.map(({ ShardId }) => ShardId));
  const finished = (shardId: string) => positions.get(streamArn, shardId)?.finished === true;
  return shards.flatMap(({ ShardId: shardId = '', ParentShardId: parent }) => {
    if (lanes.has(shardId) || finished(shardId)) return [];
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
