/**
 * What the policies grant is what the functions need. The local run denies everything else, so a stack in which every
 * function does all its work shows both: nothing is denied, and no grant is left unused.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type AttributeValue, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { quarantine } from '../../core/store/quarantine/quarantine.ts';
import type { Table } from '../../core/store/table.ts';
import { itemKey, orderKey, transactionKey } from '../../core/store/table-layout.ts';
import { transactionOf as actionsOf, tablePermissions } from '../../lib/storage/table-permissions.ts';
import { localClientSettings } from '../../tools/local/database/client-settings.ts';
import { type Engine, startEngine } from '../../tools/local/database/embedded-engine.ts';
import { tableWithStream } from '../../tools/local/database/tables.ts';
import { type Journey, journeys } from '../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../tools/sandbox/server.ts';
import {
  criticalResult,
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../tools/verification/oracle/reading/spelling.ts';
import { filesUnder, MARKED } from '../patient-data.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { call } from './http-call.ts';
import { QueryClient } from './query/calls.ts';
import { callWebhook, secretOf, signed } from './webhook/calls.ts';

/** Grants that the journey below does not always need, each with the reason. */
const EXCEPTIONS: readonly [grants: RegExp, reason: string][] = [
  [/^DashboardFilesCopierRole/, 'It copies the page during a deployment, which the local run does not do.'],
  [
    /^(sweep: dynamodb:ConditionCheckItem|reconcile: dynamodb:(ConditionCheckItem|PutItem)) .* of TX#|^reconcile: .* of (COUNTERS|INSIGHTS)#/,
    'They recompute orders that Junction reports as changed, but the recompute function may be faster.',
  ],
  [
    /^rebuild: dynamodb:ConditionCheckItem .* of TX#/,
    'It moves an order as the recompute function does, which needs it there only beside an order that is set apart.',
  ],
  [
    /^rebuild: dynamodb:(PutItem|UpdateItem) .* of PROBE#/,
    'On AWS, a probe of both shows how IAM judges a transaction. The local run denies what any way of judging denies.',
  ],
  [
    /^(export|load): /,
    'They move the items of one stack to another, which test/stack/moving does without being denied anything.',
  ],
  [
    /^review: dynamodb:GetItem .* of TX#/,
    'It reads the team of an order that has no payload yet, which only a deployment of one team needs.',
  ],
];

const SECRET = secretOf(1);
const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const dataDirectory = join(place, 'data');
const options = { scripts: ['redraw_completed'], spelling: 'documented', ...MARKED } as const;
const [reconciled, swept] = journeys(5, 2, options) as [Journey, Journey];

let engine: Engine;
let table: Table;
let quarantineTable: Table;
let sandbox: Sandbox;
let stack: StackProcess;
let client: QueryClient;

beforeAll(async () => {
  engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  // The unmatched result is known to Junction only.
  const unmatched = journeys(6, 1, { ...options, scripts: ['waiting_match_review'] });
  sandbox = await startSandbox({ journeys: [reconciled, swept, ...unmatched] });
  stack = await startStack({
    dataDirectory,
    environment: {
      WEBHOOK_SECRET: SECRET,
      DYNAMODB_ENDPOINT: engine.endpoint,
      JUNCTION_BASE_URL: sandbox.url,
      JUNCTION_API_KEY: SANDBOX_API_KEY,
      // What fails is discarded after a second.
      RETRY_TIME_SCALE: '43200',
    },
  });
  client = await QueryClient.open(stack.url);
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(localClientSettings(engine.endpoint)));
  table = { client: database, name: (await tableWithStream(database)) ?? '' };
  const { TableNames = [] } = await database.send(new ListTablesCommand());
  const name = TableNames.find((one) => one.includes('Quarantine')) ?? '';
  quarantineTable = { client: database, name };
}, 120_000);

afterAll(async () => {
  table?.client.destroy();
  await stack?.stop();
  await sandbox?.close();
  await engine?.stop();
  rmSync(place, { recursive: true, force: true });
});

const initialOf = ({ known }: Journey) => known[0]?.facts.orderId ?? '';
const transactionOf = ({ known }: Journey) => known[0]?.facts.transactionId ?? '';
interface Key {
  pk: string;
  sk: string;
}

const keyOfOrder = (n: number): Key => orderKey(orderId(n));

async function ask(path: string, method = 'GET', body?: object): Promise<unknown> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const { status, json, text } = await client.ask(path, { method, ...sent });
  if (status !== 200) throw new Error(`${method} ${path} answered ${status} ${text}`);
  return json;
}

async function hear(body: unknown): Promise<void> {
  const text = JSON.stringify(body);
  const answer = await callWebhook(stack.url, { body: text, headers: signed(text, { secrets: [SECRET] }) });
  expect([text.slice(0, 80), answer.status]).toEqual([text.slice(0, 80), 200]);
}

async function invoke(name: string, event: object = {}): Promise<unknown> {
  const url = `${stack.url}/2015-03-31/functions/${name}/invocations`;
  const { headers, json } = await call(url, { method: 'POST', body: JSON.stringify(event) });
  expect([name, headers['x-amz-function-error'], json]).toEqual([name, undefined, json]);
  return json;
}

/** The stream has brought about this transaction. */
const isThere = (id: string, wanted: object = {}) =>
  vi.waitFor(async () => expect(await ask(`/v1/transactions/${id}`)).toMatchObject(wanted), {
    timeout: 20_000,
  });

async function itemOf(Key: Key): Promise<Record<string, unknown>> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
  if (!Item) throw new Error(`There is no item ${Key.pk}.`);
  return Item;
}

const put = (Item: Record<string, unknown>) =>
  table.client.send(new PutCommand({ TableName: table.name, Item }));
const remove = (Key: Key) => table.client.send(new DeleteCommand({ TableName: table.name, Key }));

/** Orders that lose half of their webhooks, and all webhooks other than orders. */
async function receive(): Promise<void> {
  for (const { snapshots } of [reconciled, swept]) {
    const texts = snapshots.map(({ payload }) => JSON.stringify(payload));
    const heard = texts.findIndex((text) => text.includes('redraw_available')) + 1;
    for (const { payload } of snapshots.slice(0, heard)) await hear(payload);
  }
  // Junction does not know this one, so its redraw is flagged.
  await hear(walkIn(1, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(2))], named(1)));
  for (const id of [transactionOf(reconciled), transactionOf(swept), transactionId(1)]) await isThere(id);
  const unreadable = { id: 'review-1', status: 'open', decision_code: 7 };
  await hear({ event_type: 'labtest.match_review.created', data: unreadable });
  await hear(criticalResult(1, march(2)));
  await hear({ type: 'message.attempt.exhausted', data: { msgId: 'msg_1' } });
  await hear({ event_type: 'labtest.order.updated', data: { id: 'no id' } });
}

const named = (n: number, orders: Json[] = []) => ({
  created_at: march(1),
  updated_at: march(2),
  order_transaction: transaction(n, 'active', orders),
});

/**
 * An order that has moved, and whose transaction is then out of date: as it was before the last webhook, which completed the
 * order and listed another one that nothing is known of.
 */
async function outdated(n: number): Promise<void> {
  await ask(`/v1/orders/${orderId(n)}`, 'PUT', { order_transaction_id: transactionId(n + 500) });
  await isThere(transactionId(n + 500), { orders: [{ id: orderId(n) }] });
  await hear(walkIn(n, [event(1, 'ordered', march(1))], named(n)));
  await isThere(transactionId(n));
  const before = await itemOf(transactionKey(transactionId(n)));
  const events = [event(1, 'ordered', march(1)), event(2, 'completed', march(2))];
  await hear(
    walkIn(n, events, named(n, [listed(n, 'completed', march(2)), listed(n + 1, 'ordered', march(2))])),
  );
  await isThere(transactionId(n), { orders: [{ id: orderId(n) }, { id: orderId(n + 1) }] });
  await remove(keyOfOrder(n + 1));
  await put(before);
}

/** Bodies that an earlier version did not understand, and this one does. */
async function replay(): Promise<void> {
  const bodies = [
    walkIn(2, [event(1, 'ordered', march(1))], named(2)),
    { event_type: 'labtest.match_review.created', data: { id: 'review-2', status: 'open' } },
    { type: 'message.attempt.exhausted', data: { msgId: 'msg_2' } },
  ];
  for (const body of bodies) {
    const text = Buffer.from(JSON.stringify(body));
    await quarantine(quarantineTable, {
      body: text,
      reason: 'test',
      receivedAt: march(1),
      retentionDays: 9_999,
    });
  }
  const seen = new Set<string>();
  for (let cursor = ''; ; ) {
    const page = (await ask(`/v1/quarantine?limit=1${cursor}`)) as {
      quarantined: { id: string }[];
      next_cursor: string | null;
    };
    for (const { id } of page.quarantined) seen.add(id);
    if (page.next_cursor === null) break;
    cursor = `&cursor=${page.next_cursor}`;
  }
  for (const id of seen) await ask(`/v1/quarantine/${id}/replay`, 'POST');
  expect(seen.size).toBe(4);
}

/** Junction knows neither. */
async function discards(): Promise<void> {
  const review = '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e55';
  await hear(walkIn(60, [event(1, 'ordered', march(1))], { team_id: null }));
  await hear({ event_type: 'labtest.match_review.created', data: { id: review, status: 'open' } });
  await isThere(orderId(60));
  await ask(`/v1/orders/${orderId(60)}/discard`, 'POST', { note: 'a test' });
  await ask(`/v1/match-reviews/${review}/discard`, 'POST', { note: 'a test' });
}

async function query(): Promise<void> {
  const { user_id, client_user_id } = (await ask(`/v1/transactions/${transactionOf(swept)}`)) as Record<
    string,
    string
  >;
  const redraw = `/v1/redraws/${transactionOf(swept)}/acknowledgement`;
  await ask(redraw, 'PUT', { by: 'olivia' });
  const notes = `/v1/transactions/${transactionOf(swept)}/notes`;
  const headers = { 'idempotency-key': 'once' };
  await client.ask(notes, { method: 'POST', headers, body: '{"kind":"called"}' });
  await ask(notes);
  await client.pages('/v1/transactions', { limit: '1' });
  for (const path of [
    '/v1/transactions?sort=results_at',
    '/v1/redraws',
    '/v1/summary',
    '/v1/junction/notices',
    '/v1/summary/history',
    '/v1/insights',
    '/v1/alarms',
    '/v1/critical-results',
    '/v1/people',
    '/v1/match-reviews',
    '/v1/views',
    '/v1/match-reviews/review-1',
    `/v1/users/${user_id}/transactions`,
    `/v1/orders/${initialOf(swept)}`,
    `/v1/search?q=${encodeURIComponent(client_user_id ?? '')}`,
    '/v1/search?q=00000000',
    `/v1/transactions/${transactionOf(swept)}/results`,
    `/v1/orders/${initialOf(swept)}/results`,
  ])
    await ask(path);
}

/** Failed records: some that a redrive repairs, beside one that it cannot. */
async function redrive(): Promise<void> {
  const poison = orderKey('poison');
  await put({ ...poison, version: 'none' });
  const batches = () => filesUnder(dataDirectory).filter(({ file }) => file.includes('/aws/lambda/'));
  await vi.waitFor(() => expect(batches()).toHaveLength(1), { timeout: 20_000, interval: 200 });
  const [{ file, bytes } = { file: '', bytes: Buffer.from('{}') }] = batches();
  const record = (pk: string, sk: string, NewImage?: Record<string, AttributeValue>) => ({
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, ...(NewImage && { NewImage }) },
  });
  await outdated(10);
  const { pk, sk } = transactionKey(transactionId(10));
  const image = marshall(await itemOf({ pk, sk }), { removeUndefinedValues: true });
  const order = record(keyOfOrder(10).pk, keyOfOrder(10).sk);
  const kept = {
    repairable: [order, record(pk, sk, image)],
    // It is reduced to what cannot be repaired.
    mixed: [order, record(poison.pk, poison.sk)],
  };
  for (const [name, Records] of Object.entries(kept)) {
    const path = join(dirname(file), name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      JSON.stringify({ ...JSON.parse(bytes.toString()), payload: JSON.stringify({ Records }) }),
    );
  }
  expect(await invoke('redrive', { time: march(9) })).toEqual({ waiting: 3, redriven: 1, left: 2 });
  await remove(poison);
}

/** After a restore: a transaction that is out of date, and one that cannot be read. */
async function rebuild(): Promise<void> {
  await outdated(20);
  const unreadable = { ...transactionKey(transactionId(30)), revision: 'none' };
  await put(unreadable);
  // Messages to patients are off in this stack; the rebuild still looks at what is stored about them.
  await put({ pk: `MESSAGE#${transactionId(30)}`, sk: 'redraw_available.sms' });
  await put(itemKey('PATIENT', 'user'));
  await invoke('rebuild', { items_per_second: 5_000, restored_at: new Date().toISOString() });
}

/** IAM allows the transactions of each function, whichever of their keys it looks at. */
async function probes(): Promise<void> {
  const { Item: before } = await table.client.send(new GetCommand({ TableName: table.name, Key: probeKey }));
  for (const name of ['query', 'recompute', 'sweep', 'reconcile', 'redrive', 'rebuild']) {
    const probe = actionsOf(tablePermissions[name] ?? { items: {} }).map(({ action, kind }) => ({
      action: action.replace('Item', ''),
      pk: `${kind}#probe`,
    }));
    expect(probe.length).toBeGreaterThan(2);
    expect([name, await invoke(name, { probe })]).toEqual([name, { allowed: true }]);
  }
  const { Item: after } = await table.client.send(new GetCommand({ TableName: table.name, Key: probeKey }));
  expect([before, after]).toEqual([undefined, undefined]);
}

const probeKey = { pk: 'TX#probe', sk: 'PROBE#Put' };

test('the functions need every grant, and nothing that is not granted', async () => {
  await receive();
  await replay();
  await query();
  await invoke('review', { time: new Date().toISOString(), scope: 'open' });
  await ask(`/v1/transactions/${transactionOf(reconciled)}/reconcile`, 'POST');
  await discards();
  const { id } = sandbox.faults.add({ fault: 'not_enabled', route: '/v3/unmatched_result' });
  await invoke('sweep', { time: new Date().toISOString() });
  sandbox.faults.clear(id);
  // The next sweep tells the operators once about what was before.
  await invoke('import', { from: '2024-01-01' });
  // A day later, it is asked again.
  await invoke('sweep', { time: new Date(Date.now() + 90_000_000).toISOString() });
  await redrive();
  await rebuild();
  await probes();
  const output = stack.output();
  await stack.stop();
  const { used, unused } = JSON.parse(readFileSync(join(dataDirectory, 'permissions.json'), 'utf8'));
  expect(output.split('\n').filter((line) => line.includes(' DENIED: '))).toEqual([]);
  expect(used.length).toBeGreaterThan(100);
  const isException = (grant: string) => EXCEPTIONS.some(([pattern]) => pattern.test(grant));
  expect(unused.filter((grant: string) => !isException(grant))).toEqual([]);
  for (const [pattern, reason] of EXCEPTIONS) {
    expect([reason, [...used, ...unused].some((grant) => pattern.test(grant))]).toEqual([reason, true]);
  }
}, 180_000);
