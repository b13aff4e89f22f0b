/** Dependencies fail for longer than records are retried. When they are back, the stack repairs itself. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { itemName, orderKey, transactionKey } from '../../core/store/table-layout.ts';
import { localClientSettings } from '../../tools/local/database/client-settings.ts';
import { type Engine, startEngine } from '../../tools/local/database/embedded-engine.ts';
import { tableWithStream } from '../../tools/local/database/tables.ts';
import { readSettings } from '../../tools/local/settings.ts';
import { type LocalStack, startStack } from '../../tools/local/stack.ts';
import { journeys } from '../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries, type Delivery as Sent } from '../../tools/sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../tools/sandbox/webhooks/webhook-sender.ts';
import type { Delivery } from '../../tools/verification/oracle/reading/facts.ts';
import { filesUnder, filesWithPatientData, MARKED } from '../patient-data.ts';
import { call } from './http-call.ts';
import { faults } from './journey-verdict.ts';
import { QueryClient } from './query/calls.ts';
import { secretOf } from './webhook/calls.ts';

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const dataDirectory = join(place, 'data');
const some = journeys(3, 3, { ...MARKED, scripts: ['redraw_completed'] });
const accepted = new Map<string, Delivery[]>();
/** The ids of all events that the bus accepted. */
const published: string[] = [];
const down = { transactions: false, bus: false };
const stopping = new AbortController();

let engine: Engine;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let database: DynamoDBDocumentClient;
let TableName: string;
let stack: LocalStack;

beforeAll(async () => {
  engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  proxy = await startProxy(engine.endpoint);
  database = DynamoDBDocumentClient.from(new DynamoDBClient(localClientSettings(engine.endpoint)));
  stack = await startStack({
    settings: readSettings({
      PORT: '0',
      DEMO: 'off',
      DATA_DIR: dataDirectory,
      WEBHOOK_SECRET: secretOf(1),
      DYNAMODB_ENDPOINT: proxy.endpoint,
      JUNCTION_API_KEY: 'none',
      // The 12 hours of the template pass in two seconds.
      RETRY_TIME_SCALE: '21600',
    }),
    journeys: () => [],
    webhookPath: '/webhooks/junction',
    print: () => undefined,
    onEvent({ detail }) {
      if (down.bus) throw new Error('the bus is down');
      published.push(String(detail.id));
    },
    signal: stopping.signal,
  });
  TableName = (await tableWithStream(database)) ?? '';
}, 120_000);

afterAll(async () => {
  await stack?.stop();
  database?.destroy();
  await proxy?.close();
  await engine?.stop();
  rmSync(place, { recursive: true, force: true });
});

/** A proxy in front of the database. While transactions are down, it refuses every request about one. */
async function startProxy(target: string) {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const { host: _, 'content-length': __, connection: ___, ...headers } = request.headers;
    if (down.transactions && body.includes('"TX#')) {
      response.writeHead(500, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ __type: 'InternalServerError' }));
      return;
    }
    const answer = await fetch(target, { method: 'POST', headers: headers as Record<string, string>, body });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function send(deliveries: readonly Sent[]): Promise<void> {
  const { failures } = await deliver(deliveries, {
    url: `${stack.url}/webhooks/junction`,
    secret: secretOf(1),
    concurrency: 4,
    onProgress: ({ delivery: { journey, body }, accepted: taken }) => {
      const receivedAt = new Date().toISOString();
      if (taken) accepted.set(journey, [...(accepted.get(journey) ?? []), { body, receivedAt }]);
    },
  });
  expect(failures).toEqual([]);
}

async function redrive(): Promise<unknown> {
  const url = `${stack.url}/2015-03-31/functions/redrive/invocations`;
  return (await call(url, { method: 'POST', body: '{}' })).json;
}

/** The keys of the items whose records are in the failure bucket. */
function waiting(): Set<string> {
  const batches = filesUnder(dataDirectory).filter(({ file }) => file.includes('/aws/lambda/'));
  const records = batches.flatMap(({ bytes }) => JSON.parse(JSON.parse(bytes.toString()).payload).Records);
  return new Set(records.map(({ dynamodb: { Keys } }) => itemName({ pk: Keys.pk.S, sk: Keys.sk.S })));
}

/** Whether no record is being retried any more and the whole stream is processed. */
async function streamsAreIdle(): Promise<void> {
  let before = '';
  await vi.waitFor(
    () => {
      const checkpoints = filesUnder(join(dataDirectory, 'checkpoints')).map(({ bytes }) => bytes.toString());
      const now = checkpoints.join();
      const same = now === before;
      before = now;
      expect(same).toBe(true);
    },
    { timeout: 60_000, interval: 4_000 },
  );
}

/** The metric as CloudWatch would read it from the log, which is written shortly after the answer. */
async function measured(metric: string, value: number): Promise<void> {
  await vi.waitFor(() => {
    const lines = readFileSync(join(dataDirectory, 'logs', 'redrive.log'), 'utf8').split('\n');
    const counted = lines.filter((line) => line.includes('"_aws"')).map((line) => JSON.parse(line));
    expect(counted.at(-1)?.[metric]).toBe(value);
  });
}

test('records that outlast their retries are kept, and redriven when the dependency is back', async () => {
  const plan = planDeliveries(some, { seed: 3, shuffle: 5 });
  const half = Math.floor(plan.length / 2);

  down.bus = true;
  await send(plan.slice(0, half));
  await vi.waitFor(() => expect([...waiting()].some((key) => key.startsWith('TX#'))).toBe(true), {
    timeout: 60_000,
    interval: 200,
  });
  down.transactions = true;
  await send(plan.slice(half));
  await vi.waitFor(() => expect([...waiting()].some((key) => key.startsWith('ORDER#'))).toBe(true), {
    timeout: 60_000,
    interval: 200,
  });
  await streamsAreIdle();
  expect(published).toEqual([]);
  expect(filesWithPatientData(dataDirectory)).toEqual([]);

  const failing = (await redrive()) as { waiting: number };
  const kept = failing.waiting;
  expect(kept).toBeGreaterThan(0);
  expect(failing).toEqual({ waiting: kept, redriven: 0, left: kept });
  await measured('RedriveLeft', kept);

  down.bus = false;
  down.transactions = false;
  expect(await redrive()).toEqual({ waiting: kept, redriven: kept, left: 0 });
  expect(await redrive()).toEqual({ waiting: 0, redriven: 0, left: 0 });
  expect(waiting().size).toBe(0);
  await measured('RedriveLeft', 0);
  expect(await faults(await QueryClient.open(stack.url), some, accepted)).toEqual([]);
  expect(published.length).toBeGreaterThan(some.length);
  expect(new Set(published).size).toBe(published.length);
}, 240_000);

test('a record that cannot be processed stays, is counted, and delays no other', async () => {
  const order = orderKey('poison');
  const transaction = transactionKey('poison');
  await database.send(new PutCommand({ TableName, Item: { ...order, version: 'none' } }));
  await database.send(new PutCommand({ TableName, Item: { ...transaction, revision: 'none' } }));
  await vi.waitFor(() => expect(waiting()).toEqual(new Set([order, transaction].map(itemName))), {
    timeout: 60_000,
    interval: 200,
  });
  expect(await redrive()).toEqual({ waiting: 2, redriven: 0, left: 2 });
  expect(waiting().size).toBe(2);
  await measured('RedriveLeft', 2);

  // It is not needed: the order's record adds nothing to its item.
  await database.send(new DeleteCommand({ TableName, Key: order }));
  expect(await redrive()).toEqual({ waiting: 2, redriven: 1, left: 1 });
  expect(waiting()).toEqual(new Set([itemName(transaction)]));
}, 120_000);
