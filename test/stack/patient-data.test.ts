/** What Junction reports about a person gets no further than the webhook: not into files, output or answers. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, ListTablesCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isOfKind, orderKey } from '../../core/store/table-layout.ts';
import { localClientSettings } from '../../tools/local/database/client-settings.ts';
import { type Engine, startEngine } from '../../tools/local/database/embedded-engine.ts';
import { tableWithStream } from '../../tools/local/database/tables.ts';
import { journeys } from '../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../tools/sandbox/server.ts';
import { planDeliveries } from '../../tools/sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../tools/sandbox/webhooks/webhook-sender.ts';
import { criticalResult, march, PATIENT } from '../../tools/verification/oracle/bodies.ts';
import { filesUnder, MARKED, patientDataIn } from '../patient-data.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { Ordering, PHONE, refusing } from './ordering.ts';
import { invocations, queries, refused, TYPED } from './patient-data-requests.ts';
import { callWebhook, secretOf, signed } from './webhook/calls.ts';
import { misunderstood } from './webhook/misunderstood.ts';

const SECRET = secretOf(1);
const REPOSITORY = join(import.meta.dirname, '..', '..');

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const dataDirectory = join(place, 'data');
/** The weekly run has other journeys. */
const SEED = Number(process.env.PATIENTS_SEED ?? 8);
const some = journeys(SEED, 30, MARKED);
/** Patient data in unexpected places of signed bodies. */
const misfits = misunderstood();
const answers: string[] = [];
const keep = (text: string) => void answers.push(text);
/** The answers of Junction's API about the person that passed through the functions. */
const results: string[] = [];
let engine: Engine;
let database: DynamoDBDocumentClient;
let tableName: string;
let sandbox: Sandbox;
let stack: StackProcess;
let functions: string[];
let rebuilt: string;

beforeAll(async () => {
  engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  database = DynamoDBDocumentClient.from(new DynamoDBClient(localClientSettings(engine.endpoint)));
  sandbox = await startSandbox({ journeys: some, fault: refusing });
  stack = await startStack({
    dataDirectory,
    environment: {
      WEBHOOK_SECRET: SECRET,
      DYNAMODB_ENDPOINT: engine.endpoint,
      JUNCTION_BASE_URL: sandbox.url,
      JUNCTION_API_KEY: SANDBOX_API_KEY,
      // Failing records are discarded after a second.
      RETRY_TIME_SCALE: '43200',
      ORDERING: 'on',
      PATIENT_NAMES: 'on',
    },
  });
  functions = /^Functions: (.*)$/m.exec(stack.output())?.[1]?.split(', ') ?? [];
  tableName = (await tableWithStream(database)) ?? '';
  sandbox.outbox.endpoint = { url: `${stack.url}/webhooks/junction`, secret: SECRET };
  const ordering = await Ordering.open(stack.url, sandbox);
  const ordered = ordering.run();
  // The sweep and a reconciliation ask Junction for what was lost.
  const plan = planDeliveries(some, { seed: SEED, shuffle: true, lose: 0.1 });
  const { failures, outcomes } = await deliver(plan, {
    url: `${stack.url}/webhooks/junction`,
    secret: SECRET,
    concurrency: 16,
  });
  expect([failures, outcomes.quarantined]).toEqual([[], undefined]);
  for (const body of [...misfits.unreadable, ...misfits.readable]) {
    const { json, text } = await callWebhook(stack.url, {
      body,
      headers: signed(body, { secrets: [SECRET] }),
    });
    const isUnreadable = misfits.unreadable.includes(body);
    expect([body, json]).toEqual([
      body,
      isUnreadable
        ? { outcome: 'quarantined' }
        : { outcome: expect.stringMatching(/applied|duplicate|merged/) },
    ]);
    keep(text);
  }
  // A critical result has ids and times; whatever else Junction sends with one is dropped.
  const critical = JSON.stringify(
    criticalResult(1, march(1), {
      status: PATIENT,
      sample_id: PATIENT,
      interpretation: PATIENT,
      result: PATIENT,
      results: [{ name: PATIENT, value: PATIENT }],
    }),
  );
  const told = await callWebhook(stack.url, {
    body: critical,
    headers: signed(critical, { secrets: [SECRET] }),
  });
  expect(told.json).toEqual({ outcome: 'applied' });
  await refused(stack.url, SECRET, misfits.unreadable[0] ?? '', keep);
  const kept = failing();
  await invocations(stack.url, functions, keep);
  await queries(stack.url, keep, (text) => results.push(text));
  await kept;
  await ordered;
  for (const { text } of ordering.answers) keep(text);
}, 240_000);

afterAll(async () => {
  database?.destroy();
  await stack?.stop();
  await sandbox?.close();
  await engine?.stop();
  rmSync(place, { recursive: true, force: true });
});

/** A record that always fails with the whole item of an order, until it is discarded and kept. */
async function failing(): Promise<void> {
  const [order] = (await allItems()).filter(
    ({ sk, snapshot }) => isOfKind('ORDER', sk) && snapshot !== undefined,
  );
  const Item = { ...order, ...orderKey('0bde0000-0000-4000-8000-00000000dead'), version: 'none' };
  await database.send(new PutCommand({ TableName: tableName, Item }));
  const files = () => readdirSync(dataDirectory, { encoding: 'utf8', recursive: true });
  while (files().every((file) => !file.includes('FailedRecords'))) await sleep(200);
}

/** Items as the database returns them, including bytes. */
async function allItems(): Promise<{ [attribute: string]: unknown }[]> {
  const { TableNames = [] } = await database.send(new ListTablesCommand());
  return (await Promise.all(TableNames.map(itemsOf))).flat();
}

async function itemsOf(TableName: string): Promise<{ [attribute: string]: unknown }[]> {
  const items: { [attribute: string]: unknown }[] = [];
  let from: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page = await database.send(new ScanCommand({ TableName, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

test("the webhooks and Junction's answers are full of it", () => {
  const sent = JSON.stringify(some.map(({ snapshots }) => snapshots.map(({ payload }) => payload)));
  expect(patientDataIn(sent).length).toBeGreaterThan(3);
  expect(results.filter((text) => patientDataIn(text).includes(PATIENT)).length).toBeGreaterThan(3);
  expect(results.filter((text) => text.includes(`"name":"${PATIENT} ${PATIENT}"`)).length).toBeGreaterThan(3);
  expect(sandbox.log.count('GET /v3/order/{order_id}')).toBeGreaterThan(10);
});

test('no answer contains any of it', () => {
  expect(answers.length).toBeGreaterThan(80);
  expect(answers.filter((text) => patientDataIn(text).length > 0)).toEqual([]);
  expect(answers.filter((text) => text.includes(PHONE))).toEqual([]);
});

test('no item contains any of it except the compressed raw body of an unreadable webhook', async () => {
  const items = await allItems();
  const bodies = items.filter(({ body }) => body instanceof Uint8Array);
  expect(bodies).toHaveLength(misfits.unreadable.length);
  const unpacked = bodies.map(({ body }) => gunzipSync(body as Uint8Array));
  expect(unpacked.map(String).sort()).toEqual([...misfits.unreadable].sort());
  expect(bodies.map(({ pk }) => String(pk).split('#')[0])).toEqual(bodies.map(() => 'QUARANTINE'));
  for (const { body: _, ...item } of items)
    expect([item.pk, patientDataIn(asText(item))]).toEqual([item.pk, []]);
  const typed = items.filter((item) => asText(item).includes(TYPED));
  expect(typed.map(({ pk }) => String(pk).split('#')[0])).toEqual(['NOTE']);
});

/** JSON would drop sets, and events and siblings are sets. */
const asText = (item: object) =>
  JSON.stringify(item, (_, value: unknown) => (value instanceof Set ? [...value] : value));

test('no file contains any of it: the database while it is open and later, logs, events, metrics, queues, failed records', async () => {
  const [order = ''] = some.flatMap(({ known }) => known.map(({ facts }) => facts.orderId));
  const look = () => {
    const files = filesUnder(place);
    const telling = [
      /database/,
      /webhook\.log$/,
      /recompute\.log$/,
      /publish\.log$/,
      /EventsLog\w*\.log$/,
      /AuditTrailLog\w*\.log$/,
    ];
    for (const kind of [
      ...telling,
      /metrics\.sqlite/,
      /FailedRecords/,
      ...functions.map((name) => `/${name}.log`),
    ])
      expect([kind, files.some(({ file }) => file.search(kind) >= 0)]).toEqual([kind, true]);
    for (const kind of telling.slice(0, 3))
      expect([kind, files.some(({ file, bytes }) => kind.test(file) && bytes.includes(order))]).toEqual([
        kind,
        true,
      ]);
    // The critical-results topic received the message with it in every other field.
    const paged = files.filter(({ file }) => /sns\/CriticalResults/.test(file));
    expect(paged.filter(({ bytes }) => bytes.includes('Critical result reported'))).toHaveLength(1);
    const telltale = ({ bytes }: (typeof files)[number]) =>
      patientDataIn(bytes).length > 0 || bytes.includes(PHONE);
    expect(files.filter(telltale).map(({ file }) => file)).toEqual([]);
    const withNote = files.filter(({ bytes }) => bytes.includes(TYPED)).map(({ file }) => file);
    expect(withNote.filter((file) => !file.includes('database.sqlite'))).toEqual([]);
  };
  rebuilt = await rebuild();
  look();
  await stack.stop();
  const { unused } = JSON.parse(readFileSync(join(dataDirectory, 'permissions.json'), 'utf8'));
  const notNeeded = unused.filter((grant: string) => grant.startsWith('ordering:'));
  // It recomputes and moves orders as the recompute function does. That needs the check only beside an order that is set apart,
  // and the insights only if its order closes.
  const rare = /ConditionCheckItem .* of TX#|UpdateItem .* of INSIGHTS#/;
  expect(notNeeded.filter((grant: string) => !rare.test(grant))).toEqual([]);
  await engine.stop();
  look();
});

/** The output of the rebuild command, which also reports faults. */
async function rebuild(): Promise<string> {
  const run = promisify(execFile)(
    process.execPath,
    [join('bin', 'redraw-tracker.js'), 'rebuild', '--url', stack.url, '--items-per-second', '5000'],
    { cwd: REPOSITORY },
  );
  const { stdout, stderr } = await run.catch((error: { stdout: string; stderr: string }) => error);
  return stdout + stderr;
}

test('the output contains none of it', () => {
  expect(stack.output()).toMatch(/^ready /m);
  expect(stack.output()).not.toContain(' DENIED: ');
  expect(rebuilt).toMatch(/"kind":"failed"/);
  expect([stack.output(), rebuilt].flatMap(patientDataIn)).toEqual([]);
});
