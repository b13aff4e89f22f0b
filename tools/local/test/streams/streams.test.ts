import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { localClientSettings } from '../../database/client-settings.ts';
import { type Engine, startEngine } from '../../database/embedded-engine.ts';
import { startTinyStack, type TinyPlace, type TinyStack, tinyPlace } from '../fixtures/tiny-stack.ts';

interface Item {
  pk: string;
  n: number;
  sk?: string;
  trouble?: 'throw' | 'report';
  times?: number;
}

const open: TinyPlace[] = [];
let engine: Engine | undefined;
let stack: TinyStack | undefined;

afterEach(async () => {
  await stack?.stop();
  await engine?.stop();
  stack = undefined;
  engine = undefined;
});

afterAll(() => {
  for (const place of open) place.remove();
});

/** A data directory and an engine that outlive the stack. */
async function start(environment: Record<string, string> = {}): Promise<{
  place: TinyPlace;
  put(...items: Item[]): Promise<void>;
  restart(): Promise<void>;
}> {
  const place = tinyPlace();
  open.push(place);
  engine = await startEngine({ dbPath: ':memory:' });
  const { endpoint } = engine;
  stack = await startTinyStack(place, { DYNAMODB_ENDPOINT: endpoint, ...environment });
  const client = new DynamoDBClient(localClientSettings(endpoint));
  return {
    place,
    async put(...items) {
      for (const { pk, n, sk = 'KEEP', trouble, times } of items) {
        const Item = {
          pk: { S: pk },
          sk: { S: sk },
          n: { N: String(n) },
          ...(trouble && { trouble: { S: trouble } }),
          ...(times !== undefined && { times: { N: String(times) } }),
        };
        await client.send(new PutItemCommand({ TableName: 'Items', Item }));
      }
    },
    async restart() {
      stack = await startTinyStack(place, { DYNAMODB_ENDPOINT: endpoint });
    },
  };
}

const seen = () => stack?.seen() ?? [];

/** Waits until all records are handled. Every put makes one stream record, and the engine numbers them from one. */
async function settled(place: TinyPlace, puts: number): Promise<string[]> {
  const file = join(place.dataDirectory, 'checkpoints', 'Mapping.json');
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toContain(`"after":"${puts}"`), {
    timeout: 10_000,
    interval: 20,
  });
  return seen().flat();
}

/** A record can be delivered several times. Only the last time counts for the order. */
function lastTimes(names: string[]): string[] {
  return names.filter((name, index) => names.lastIndexOf(name) === index);
}

describe('a stream mapping', () => {
  it('passes on the records that match its filter, in order, in batches', async () => {
    const { put, place } = await start();
    const items = Array.from({ length: 25 }, (_, n) => ({
      pk: `item${n % 3}-`,
      n,
      sk: n % 5 === 4 ? 'PASS' : 'KEEP',
    }));
    await put(...items);
    const names = await settled(place, 25);
    expect(names).toEqual(items.filter(({ sk }) => sk === 'KEEP').map(({ pk, n }) => pk + n));
    expect(Math.max(...seen().map((batch) => batch.length))).toBeLessThanOrEqual(4);
  });

  it('says when all records are handled', async () => {
    const { put } = await start();
    for (let n = 1; n <= 5; n += 1) {
      await put({ pk: 'item', n });
      await stack?.settled();
      expect(seen().flat()).toHaveLength(n);
    }
  });

  it('stops at the first record that fails, and continues there', async () => {
    const { put, place } = await start();
    await put(
      { pk: 'a', n: 1 },
      { pk: 'b', n: 2, trouble: 'report', times: 1 },
      { pk: 'c', n: 3 },
      { pk: 'd', n: 4 },
    );
    const names = await settled(place, 4);
    expect(lastTimes(names)).toEqual(['a1', 'b2', 'c3', 'd4']);
    expect(names.filter((name) => name === 'b2').length).toBe(2);
    expect(names.filter((name) => name === 'a1').length).toBe(1);
  });

  it('keeps a record that fails until it is too old in the bucket, as Lambda does, and continues', async () => {
    // The hour of the mapping passes in 0.36 s.
    const { put, place } = await start({ RETRY_TIME_SCALE: '10000' });
    await put({ pk: 'a', n: 1 }, { pk: 'poison', n: 2, trouble: 'throw' }, { pk: 'c', n: 3 });
    expect(lastTimes(await settled(place, 3))).toEqual(['a1', 'poison2', 'c3']);
    const folder = join(place.dataDirectory, 's3', 'Failures');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /T[\d.]+-[\w-]+$/.test(name),
    );
    expect(files).toHaveLength(1);
    const [file = ''] = files;
    expect(file).toMatch(
      /^aws\/lambda\/Mapping\/shardId-[^/]+\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-/,
    );
    const document = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    expect(document).toMatchObject({
      requestContext: {
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:KeeperFunction',
        condition: 'RecordAgeExceeded',
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: null },
      version: '1.0',
      DDBStreamBatchInfo: {
        batchSize: 1,
        shardId: expect.any(String),
        streamArn: expect.stringContaining('Items'),
      },
    });
    const { Records } = JSON.parse(document.payload);
    expect(Records).toMatchObject([
      {
        eventSource: 'aws:dynamodb',
        eventName: 'INSERT',
        dynamodb: { NewImage: { pk: { S: 'poison' }, n: { N: '2' } } },
      },
    ]);
    expect(stack?.printed.join('\n')).toContain('discarded 1 stream record(s)');
  });

  it('continues after a restart where it stopped, with the records in between', async () => {
    const { put, place, restart } = await start();
    await put({ pk: 'before', n: 1 }, { pk: 'before', n: 2 });
    await settled(place, 2);
    await stack?.stop();
    await put({ pk: 'between', n: 3 });
    await restart();
    await put({ pk: 'after', n: 4 });
    expect(await settled(place, 4)).toEqual(['before1', 'before2', 'between3', 'after4']);
  });
});
