import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { localClientSettings } from '../../../local/database/client-settings.ts';
import { readShard } from '../../../local/streams/shard-reader.ts';
import { type LambdaRecord, lambdaRecord } from '../../../local/streams/stream-records.ts';
import type { FunctionProcess } from './function-process.ts';

export interface StreamConsumer {
  readonly process: FunctionProcess;
  readonly batchSize: number;
  readonly matches: (record: LambdaRecord) => boolean;
}

export interface StreamPump {
  /** Resolves when every change so far, and every change that follows from it, is processed. */
  settled(): Promise<void>;
  /** The number of records that the function has processed. */
  processed(): number;
  stop(): Promise<void>;
}

const IDLE_MS = 2;
/** The number of consecutive empty polls after which the stream counts as drained. */
const QUIET = 8;
const MAX_ATTEMPTS = 20;

/** Passes the changes of a table to a function, in order. */
export async function startStreamPump(
  engine: string,
  tableName: string,
  consumer: StreamConsumer,
): Promise<StreamPump> {
  const settings = localClientSettings(engine);
  const client = new DynamoDBStreamsClient(settings);
  const streamArn = await streamOf(tableName, settings);
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  // The embedded engine has one shard per table, which never ends.
  const reader = readShard(client, streamArn, StreamDescription?.Shards?.[0]?.ShardId ?? '', undefined);
  const stopping = new AbortController();
  let quiet = 0;
  let processed = 0;
  let failure: unknown;

  const pump = async () => {
    while (!stopping.signal.aborted) {
      const records = (await reader.next()) ?? [];
      quiet = records.length === 0 ? quiet + 1 : 0;
      const matching = records.map((record) => lambdaRecord(record, streamArn)).filter(consumer.matches);
      for (let next = 0; next < matching.length; next += consumer.batchSize) {
        const batch = matching.slice(next, next + consumer.batchSize);
        await processBatch(consumer.process, batch);
        processed += batch.length;
      }
      if (records.length === 0) await sleep(IDLE_MS);
    }
  };
  const running = pump().catch((error: unknown) => {
    failure = error;
  });
  return {
    async settled() {
      quiet = 0;
      while (quiet < QUIET) {
        if (failure) throw failure;
        await sleep(IDLE_MS);
      }
    },
    processed: () => processed,
    async stop() {
      stopping.abort();
      await running;
      client.destroy();
    },
  };
}

async function processBatch(fn: FunctionProcess, records: readonly LambdaRecord[]): Promise<void> {
  let left = records;
  for (let attempt = 1; left.length > 0; attempt += 1) {
    if (attempt > MAX_ATTEMPTS) throw new Error('a stream record cannot be processed');
    const { answer } = await fn.invoke({ Records: left });
    const [failed] =
      (answer as { batchItemFailures?: { itemIdentifier: string }[] } | null)?.batchItemFailures ?? [];
    if (!failed) return;
    left = left.slice(left.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failed.itemIdentifier));
  }
}

async function streamOf(
  tableName: string,
  settings: ReturnType<typeof localClientSettings>,
): Promise<string> {
  const client = new DynamoDBClient(settings);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  client.destroy();
  return Table?.LatestStreamArn ?? '';
}
