/** One running stack for all tests of a file, with a database that can stop, and functions to call its webhook. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import { localClientSettings } from '../../../tools/local/database/client-settings.ts';
import { event, march, orderId, walkIn } from '../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../tools/verification/oracle/reading/spelling.ts';
import { type StackProcess, startStack } from '../../stack-process.ts';
import type { Answer, Call } from '../http-call.ts';
import { type OwnEngine, startOwnEngine } from '../own-engine.ts';
import { QueryClient } from '../query/calls.ts';
import { callWebhook, type Signing, secretOf, signed } from './calls.ts';

export const MIB = 1_048_576;
export const [CURRENT, PREVIOUS, FOREIGN] = [secretOf(1), secretOf(2), secretOf(3)];
export const BINARY = { 'content-type': 'application/octet-stream' };

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
/** What the stack leaves on disk: logs, and what it sent. */
export const dataDirectory = join(place, 'data');
export let engine: OwnEngine;
export let stack: StackProcess;
export let client: QueryClient;
let database: DynamoDBDocumentClient;

export async function openScene(): Promise<void> {
  engine = await startOwnEngine(join(place, 'database.sqlite'));
  stack = await startStack({
    dataDirectory,
    environment: { WEBHOOK_SECRET: `${CURRENT},${PREVIOUS}`, DYNAMODB_ENDPOINT: engine.endpoint },
  });
  client = await QueryClient.open(stack.url);
  database = DynamoDBDocumentClient.from(new DynamoDBClient(localClientSettings(engine.endpoint)));
}

export async function closeScene(): Promise<void> {
  database?.destroy();
  await stack?.stop();
  await engine?.close();
  rmSync(place, { recursive: true, force: true });
}

export const call = (options: Call) => callWebhook(stack.url, options);

/** Sends a body with a valid signature. */
export function post(
  body: Buffer | string | Json,
  signing: Partial<Signing> = {},
  headers = {},
): Promise<Answer> {
  const raw = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return call({ body: raw, headers: { ...signed(raw, { secrets: [CURRENT], ...signing }), ...headers } });
}

export async function outcome(...given: Parameters<typeof post>): Promise<unknown> {
  const { status, headers, json, text } = await post(...given);
  expect({ status, text }).toMatchObject({ status: 200 });
  expect(headers['content-type']).toBe('application/json');
  expect(Object.keys(json as object)).toEqual(['outcome']);
  return (json as { outcome: unknown }).outcome;
}

let made = 1000;
/** The latest order, as the API shows it. */
export const lastOrder = () => client.ask(`/v1/orders/${orderId(made)}`);
export const lastOrderNumber = () => made;

/** A new order. */
export function newOrder(events: Json[] = [event(1, 'ordered', march(1))], fields: Json = {}): Json {
  made += 1;
  return walkIn(made, events, { created_at: march(1), updated_at: march(1), ...fields });
}

/** An RFC 9457 answer without internal details. */
export function expectProblem({ status, headers, json }: Answer, wanted: number, detail?: RegExp): void {
  expect(status).toBe(wanted);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['cache-control']).toBe('no-store');
  expect(json).toEqual({
    type: 'about:blank',
    title: expect.stringMatching(/^[A-Z]/),
    status: wanted,
    detail: expect.stringMatching(detail ?? /\w/),
  });
}

/** The id under which an unreadable body is quarantined. */
export const quarantineId = (body: Buffer | string) =>
  createHash('sha256').update(body).digest('hex').slice(0, 40);

/** What is stored of such a body; undefined if nothing is. */
export async function quarantined(body: Buffer | string) {
  const { TableNames = [] } = await database.send(new ListTablesCommand());
  const { Items = [] } = await database.send(
    new QueryCommand({
      TableName: TableNames.find((name) => name.includes('Quarantine')),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `QUARANTINE#${quarantineId(body)}` },
    }),
  );
  const head = Items.find(({ sk }) => sk === 'QUARANTINE');
  const parts = Items.filter(({ sk }) => String(sk).startsWith('PART#'));
  const raw = gunzipSync(Buffer.concat(parts.map((part) => part.body as Buffer)));
  return head && { reason: String(head.reason), raw, parts: parts.length };
}

export async function expectQuarantined(body: Buffer | string, headers = {}): Promise<string> {
  expect(await outcome(body, {}, headers)).toBe('quarantined');
  const kept = await quarantined(body);
  expect(kept?.raw.equals(Buffer.from(body))).toBe(true);
  return kept?.reason ?? '';
}

export const eventsOf = async (n: number) => {
  const { json } = await client.ask(`/v1/orders/${orderId(n)}`);
  return (json as { events: { status: string }[] }).events.map(({ status }) => status.split('.').at(-1));
};
