/** Requests without an answer: with its defaults, the SDK would keep waiting. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTable } from '../../../core/store/table.ts';
import { LOCAL_CREDENTIALS } from '../../../tools/local/database/client-settings.ts';
import { REGION } from '../../../tools/local/template/intrinsics.ts';

let server: Server;
/** The number of requests that get no answer, from the first. */
let unanswered: number;
let requests: number;

beforeEach(async () => {
  requests = 0;
  server = createServer((_, response) => {
    requests += 1;
    if (requests > unanswered) response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.AWS_ENDPOINT_URL_DYNAMODB = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_REGION = REGION;
  process.env.AWS_ACCESS_KEY_ID = LOCAL_CREDENTIALS.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = LOCAL_CREDENTIALS.secretAccessKey;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

/** The result of a write within a function's time, on a clock that tests advance. */
async function put(): Promise<string> {
  const { client, name } = openTable('orders');
  let outcome = 'still waiting';
  void client.send(new PutCommand({ TableName: name, Item: { pk: 'a', sk: 'b' } })).then(
    () => (outcome = 'written'),
    (error: Error) => (outcome = error.name),
  );
  for (let ms = 0; ms < 10_000 && outcome === 'still waiting'; ms += 10) {
    await vi.advanceTimersByTimeAsync(10);
    await new Promise(setImmediate);
  }
  return outcome;
}

test('a write without an answer is sent again', async () => {
  unanswered = 2;
  expect(await put()).toBe('written');
  expect(requests).toBe(3);
});

test('a write without an answer to three attempts fails in time for its caller to answer', async () => {
  unanswered = 3;
  expect(await put()).toBe('TimeoutError');
  expect(requests).toBe(3);
});
