/** What Junction tells about a person gets no further than the webhook: not into files, output or answers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, ListTablesCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, startEngine } from '../../local/engine.ts';
import { localClientSettings } from '../../local/local-client.ts';
import { deliver, planDeliveries } from '../../sandbox/delivery.ts';
import { journey, journeys } from '../../sandbox/journeys.ts';
import { canaries } from '../../sandbox/patient.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { type Answer, call } from './http-call.ts';
import { sideBySide } from './journey-verdict.ts';
import { QueryClient } from './query-calls.ts';
import { callWebhook, secretOf, signed } from './webhook-calls.ts';

const SECRET = secretOf(1);
const MARKER = 'Canaria-Quetzalcoatl';
const CANARIES = canaries(MARKER);

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const some = journeys(8, 60, { patient: { marker: MARKER } });
/** Patient data in places where nobody expects it: signed, and not understood. */
const misfits = misunderstood();
const answers: string[] = [];
let engine: Engine;
let stack: StackProcess;

beforeAll(async () => {
  engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  stack = await startStack({
    dataDirectory: join(place, 'data'),
    environment: { WEBHOOK_SECRET: SECRET, DYNAMODB_ENDPOINT: engine.endpoint },
  });
  const { failures, outcomes } = await deliver(
    planDeliveries(some, { seed: 8, shuffle: true, duplicate: 0.1 }),
    {
      url: `${stack.url}/webhooks/junction`,
      secret: SECRET,
      concurrency: 16,
    },
  );
  expect([failures, outcomes.quarantined]).toEqual([[], undefined]);
  for (const body of misfits) {
    const { json, text } = await callWebhook(stack.url, {
      body,
      headers: signed(body, { secrets: [SECRET] }),
    });
    expect([body.slice(0, 80), json]).toEqual([body.slice(0, 80), { outcome: 'quarantined' }]);
    answers.push(text);
  }
  await refused();
  await queries();
}, 180_000);

afterAll(async () => {
  await stack?.stop();
  await engine?.stop();
  rmSync(place, { recursive: true, force: true });
});

function misunderstood(): string[] {
  const model = journey('redraw_completed', 8, { patient: { marker: MARKER }, spelling: 'documented' });
  const { data, ...around } = (model.snapshots[0]?.payload ?? {}) as { data?: { [name: string]: unknown } };
  const wrong = [
    { id: MARKER },
    { id: null },
    { parent_id: MARKER },
    { created_at: MARKER },
    { events: MARKER },
    { events: [{ id: 1, created_at: MARKER, status: MARKER }] },
    { order_transaction: { id: MARKER, status: MARKER, orders: [{ id: MARKER }] } },
    { lab_test: MARKER },
    { [MARKER]: { [MARKER]: MARKER }, details: MARKER },
  ];
  const bodies = wrong.map((fields) => JSON.stringify({ ...around, data: { ...data, ...fields } }));
  const [whole = ''] = bodies;
  return [
    ...bodies,
    whole.slice(0, -1),
    `${MARKER} ${whole}`,
    JSON.stringify(MARKER),
    JSON.stringify([data]),
  ];
}

/** Deliveries and questions that are refused, with patient data in every part of them. */
async function refused(): Promise<void> {
  const [body = ''] = misfits;
  const headers = signed(body, { secrets: [SECRET], id: MARKER });
  const calls = [
    { body, headers: signed(body, { secrets: [secretOf(2)] }) },
    { body, headers: { ...headers, 'svix-signature': MARKER } },
    { body, headers: { ...headers, 'svix-timestamp': MARKER } },
    { body, headers: { ...headers, 'svix-id': `${MARKER} 0` } },
    { body, method: 'PUT' },
  ];
  for (const one of calls) keep(await callWebhook(stack.url, one));
}

/** Everything the API has to say, and its answers to questions that hold patient data themselves. */
async function queries(): Promise<void> {
  const client = await QueryClient.open(stack.url);
  const all = await client.allTransactions();
  expect(all.length).toBeGreaterThan(40);
  answers.push(JSON.stringify(all), JSON.stringify(await client.pages('/v1/redraws', { limit: '100' })));
  const orders = all.flatMap((transaction) => transaction.orders.map(({ id }) => id));
  await sideBySide(orders, async (id) => keep(await client.ask(`/v1/orders/${id}`)));
  for (const path of [
    '/v1/orders/',
    '/v1/transactions/',
    '/v1/transactions?status=',
    '/v1/transactions?cursor=',
    '/v1/search?q=',
  ]) {
    keep(await client.ask(path + MARKER));
  }
  const time = { time: '2025-09-01T00:00:00Z' };
  for (const name of ['sweep', 'recompute', 'webhook', 'query']) {
    const event = name === 'sweep' ? time : { Records: [{ dynamodb: { Keys: MARKER, NewImage: MARKER } }] };
    const url = `${stack.url}/2015-03-31/functions/${name}/invocations`;
    keep(await call(url, { method: 'POST', body: JSON.stringify(event) }));
  }
}

function keep({ text }: Answer): void {
  answers.push(text);
}

const found = (text: string | Buffer) => CANARIES.filter((canary) => text.includes(canary));

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Items as the database gives them, bytes included. */
async function allItems(): Promise<{ [attribute: string]: unknown }[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(localClientSettings(engine.endpoint)));
  const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand());
  const items: { [attribute: string]: unknown }[] = [];
  let from: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  client.destroy();
  return items;
}

test('the webhooks are full of it', () => {
  const sent = JSON.stringify(some.map(({ snapshots }) => snapshots.map(({ payload }) => payload)));
  const inWebhooks = CANARIES.filter((canary) => sent.includes(canary));
  expect(inWebhooks).toContain(MARKER);
  expect(inWebhooks.length).toBeGreaterThan(2);
});

test('no answer holds any of it', () => {
  expect(answers.length).toBeGreaterThan(80);
  expect(answers.flatMap(found)).toEqual([]);
});

test('no item holds any of it but the raw body of what was not understood, which is compressed', async () => {
  const items = await allItems();
  const bodies = items.filter(({ body }) => body instanceof Uint8Array);
  expect(bodies).toHaveLength(misfits.length);
  const unpacked = bodies.map(({ body }) => gunzipSync(body as Uint8Array));
  expect(unpacked.map(String).sort()).toEqual([...misfits].sort());
  expect(bodies.map(({ pk }) => String(pk).split('#')[0])).toEqual(bodies.map(() => 'QUARANTINE'));
  for (const { body: _, ...item } of items)
    expect([item.pk, found(JSON.stringify(item))]).toEqual([item.pk, []]);
});

test('no file holds any of it: not the database, while it is open and after, nor logs and positions', async () => {
  const [order = ''] = some.flatMap(({ known }) => known.map(({ facts }) => facts.orderId));
  const look = () => {
    const files = filesUnder(place).map((file) => ({ file, bytes: readFileSync(file) }));
    expect(files.some(({ file, bytes }) => /database/.test(file) && bytes.includes(order))).toBe(true);
    expect(files.some(({ file, bytes }) => /webhook\.log$/.test(file) && bytes.includes(order))).toBe(true);
    expect(files.filter(({ bytes }) => found(bytes).length > 0).map(({ file }) => file)).toEqual([]);
  };
  look();
  await stack.stop();
  await engine.stop();
  look();
});

test('nor does anything it printed', () => {
  expect(stack.output()).toMatch(/^ready /m);
  expect(found(stack.output())).toEqual([]);
});
