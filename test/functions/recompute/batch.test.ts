/** A batch of the stream on the real engine: what runs at the same time, in which order, and what a failure leaves. */
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isOfKind, transactionKey } from '../../../core/store/table-layout.ts';
import { journeys } from '../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../tools/sandbox/webhooks/delivery-plan.ts';
import { type Change, MemoryTable } from '../../../tools/verification/memory-table/memory-table.ts';
import {
  enveloped,
  event,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { type EngineTable, openEngineTable } from '../../core/store/tables/engine-table.ts';
import { itemsOf, take } from '../../core/use-cases/rebuild/lab.ts';

/** How long the database takes for an answer (ms). */
const LATENCY = 5;
const CLOCKS = 'NO_ORDER NO_REQUISITION NO_APPOINTMENT AFTER_APPOINTMENT AFTER_RESULT_DATE NO_RESULT_DATE'
  .split(' ')
  .flatMap((name) => (name === 'NO_ORDER' ? ['REDRAW_NO_ORDER'] : [`REDRAW_${name}`, `ORDER_${name}`]));

/** A database with latency, between the function and the engine. */
let database: Server;
let engine: EngineTable;
/** The sort keys of the transactions in the requests under way. */
let underWay: string[];
/** The most requests that were under way at once: in all, and about one transaction. */
let most: { all: number; ofOne: number };
/** The sort key of the transaction whose requests are denied, which the SDK does not retry. */
let denied: string | null;
/** Requests under way without which none is answered. */
let awaited: PromiseWithResolvers<void> & { count: number };
let loaded = 0;

beforeEach(async () => {
  engine = await openEngineTable();
  [underWay, most, denied] = [[], { all: 0, ofOne: 0 }, null];
  awaited = { ...Promise.withResolvers<void>(), count: 1 };
  database = createServer(
    (incoming, response) =>
      void pass(incoming).then(([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
      }),
  );
  const { AWS_ENDPOINT_URL_DYNAMODB: url = '' } = process.env;
  const agent = new Agent({ keepAlive: true });
  async function pass(incoming: IncomingMessage): Promise<[number, string]> {
    const sent = await textOf(incoming);
    const [, of] = /"sk":\{"S":"(TX-[^"]+)/.exec(sent) ?? [];
    if (of !== undefined) await delay(of);
    if (of !== undefined && of === denied) return [400, '{"__type":"AccessDeniedException"}'];
    const forwarded = request(url, { method: 'POST', agent, headers: incoming.headers });
    forwarded.end(sent);
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    return [answer.statusCode ?? 0, await textOf(answer)];
  }
  database.listen(0, '127.0.0.1');
  await once(database, 'listening');
  for (const name of [...CLOCKS, 'CHECK_DIVERGING', 'CHECK_SILENT']) vi.stubEnv(name, 'P1D');
  const { port } = database.address() as AddressInfo;
  const variables = {
    TABLE_NAME: engine.table.name,
    LAB_TIME_ZONE: 'UTC',
    LOG_LEVEL: 'OFF',
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  database.closeAllConnections();
  database.close();
  await engine.close();
});

async function delay(of: string): Promise<void> {
  underWay.push(of);
  most.all = Math.max(most.all, underWay.length);
  most.ofOne = Math.max(most.ofOne, underWay.filter((one) => one === of).length);
  if (underWay.length >= awaited.count) awaited.resolve();
  await awaited.promise;
  await sleep(LATENCY);
  underWay.splice(underWay.indexOf(of), 1);
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of message.setEncoding('utf8') as AsyncIterable<string>) text += part;
  return text;
}

async function openHandler() {
  loaded += 1;
  const { handler }: typeof import('../../../functions/recompute/handler.ts') = await import(
    `../../../functions/recompute/handler.ts?${loaded}`
  );
  return (Records: DynamoDBRecord[]) =>
    handler({ Records } satisfies DynamoDBStreamEvent, { awsRequestId: 'invocation' });
}

/** The stream of the orders' items while these bodies arrive. */
async function streamOf(bodies: readonly string[]): Promise<DynamoDBRecord[]> {
  const memory = new MemoryTable();
  const changes: Change[] = [];
  memory.onChange = (change) => changes.push(change);
  for (const body of bodies) await take(memory, body);
  const image = (item: object | null) => (item ? marshall(item, { removeUndefinedValues: true }) : undefined);
  return changes
    .filter(({ after }) => isOfKind('ORDER', after?.sk))
    .map(({ before, after }, index) => ({
      dynamodb: { SequenceNumber: String(index), OldImage: image(before), NewImage: image(after) },
    })) as DynamoDBRecord[];
}

const bodyOf = (order: number, of: number, day: number) =>
  JSON.stringify(
    enveloped(
      walkIn(order, [event(order * 100 + day, day === 1 ? 'ordered' : 'completed', march(day))], {
        order_transaction: transaction(of, 'active', []),
      }),
    ),
  );

const transactionsIn = async () => (await itemsOf(engine.table)).filter(({ sk }) => isOfKind('TX', sk));

test('works on eight transactions at once, and on each by one request at a time', async () => {
  const orders = Array.from({ length: 12 }, (_, index) => index + 1);
  const invoke = await openHandler();
  const records = await streamOf([
    ...orders.map((one) => bodyOf(one, one, 1)),
    // The same orders again, and another one of each transaction.
    ...orders.map((one) => bodyOf(one, one, 2)),
    ...orders.map((one) => bodyOf(one + 50, one, 1)),
  ]);
  awaited.count = 8;
  expect(await invoke(records)).toEqual({ batchItemFailures: [] });
  expect(most).toEqual({ all: 8, ofOne: 1 });
  const items = await transactionsIn();
  expect(items.map(({ revision }) => revision)).toEqual(orders.map(() => 3));
});

test('keeps the transactions between which an order moves in one lane', async () => {
  const invoke = await openHandler();
  const records = await streamOf([
    bodyOf(1, 1, 1),
    bodyOf(2, 2, 1),
    // From the first transaction to the second.
    bodyOf(1, 2, 2),
    bodyOf(3, 1, 1),
    bodyOf(2, 2, 2),
  ]);
  expect(await invoke(records)).toEqual({ batchItemFailures: [] });
  expect(most.all).toBe(1);
});

test('gives the same items as one record after another, revisions included', async () => {
  const bodies = planDeliveries(journeys(5, 8), { seed: 5 }).map(({ body }) => body);
  const records = await streamOf(bodies);
  const invoke = await openHandler();
  expect(await invoke(records)).toEqual({ batchItemFailures: [] });
  expect(most.all).toBeGreaterThan(1);
  const together = await transactionsIn();
  await engine.close();
  engine = await openEngineTable();
  vi.stubEnv('TABLE_NAME', engine.table.name);
  const invokeAlone = await openHandler();
  for (const record of records) await invokeAlone([record]);
  expect(together).toEqual(await transactionsIn());
});

test('reports the first record that fails, with everything before it done, and repeats the rest', async () => {
  const invoke = await openHandler();
  const orders = [1, 2, 3, 4, 5, 6];
  const records = await streamOf([
    ...orders.map((one) => bodyOf(one, one, 1)),
    ...orders.map((one) => bodyOf(one, one, 2)),
  ]);
  denied = transactionKey(transactionId(4)).sk;
  expect(await invoke(records)).toEqual({ batchItemFailures: [{ itemIdentifier: '3' }] });
  const done = (await transactionsIn()).map(({ sk }) => sk);
  for (const before of [1, 2, 3]) expect(done).toContain(transactionKey(transactionId(before)).sk);
  denied = null;
  expect(await invoke(records.slice(3))).toEqual({ batchItemFailures: [] });
  const items = await transactionsIn();
  expect(items).toHaveLength(orders.length);
  expect(items.map(({ revision }) => revision)).toEqual(orders.map(() => 2));
});
