import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { JunctionClient } from '../../../core/junction/client.ts';
import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';
import { transactionId } from '../../../tools/verification/oracle/bodies.ts';

type Respond = (response: ServerResponse, request: IncomingMessage, attempt: number) => void;

async function serve(respond: Respond) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    respond(response, request, requests.length);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** When Junction is asked. */
const clock = () => new Date('2026-03-09T00:00:00Z');

function clientOf(baseUrl: string, timeLeft = 60_000) {
  const waits: number[] = [];
  const pause = async (_: number, atLeast: number) => void waits.push(atLeast);
  return {
    waits,
    client: new JunctionClient({ baseUrl, apiKey: 'sk_test', clock, timeLeft: () => timeLeft, pause }),
  };
}

const ID = transactionId(1);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error as JunctionUnavailable,
  );
const orders = JSON.stringify({ id: ID, orders: [] });

describe('the API key', () => {
  test('is sent in the header, and the base URL may end in a slash', async () => {
    const { url, requests } = await serve((response) => response.end(orders));
    expect(await clientOf(`${url}/`).client.transactionOrders(ID)).toEqual([]);
    expect(requests[0]?.url).toBe(`/v3/order_transaction/${ID}`);
    expect(requests[0]?.headers['x-vital-api-key']).toBe('sk_test');
  });

  test('is never sent after a redirect', async () => {
    const elsewhere = await serve((response) => response.end(orders));
    const { url, requests } = await serve((response) =>
      response.writeHead(307, { location: `${elsewhere.url}/v3/order_transaction/${ID}` }).end(),
    );
    expect(await failure(clientOf(url).client.transactionOrders(ID))).toMatchObject({
      reason: 'undocumented',
      message: expect.stringContaining('307'),
    });
    expect(requests).toHaveLength(1);
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('Retry-After', () => {
  const limited = (retryAfter: string) => (response: ServerResponse, _: IncomingMessage, attempt: number) =>
    attempt === 1 ? response.writeHead(429, { 'retry-after': retryAfter }).end('{}') : response.end(orders);

  test('sets the pause before the next attempt', async () => {
    const { url } = await serve(limited('2'));
    const { client, waits } = clientOf(url);
    expect(await client.transactionOrders(ID)).toEqual([]);
    expect(waits).toEqual([2_000]);
  });

  test.each([
    ['longer than the client waits', '11', 60_000],
    ['longer than the time left', '2', 1_500],
  ])('%s ends the request', async (_, retryAfter, timeLeft) => {
    const { url, requests } = await serve(limited(retryAfter));
    const { client, waits } = clientOf(url, timeLeft);
    expect(await failure(client.transactionOrders(ID))).toMatchObject({
      reason: 'busy',
      retryAfter: Number(retryAfter),
    });
    expect([requests.length, waits]).toEqual([1, []]);
  });
});

test('an answer is not read further than it may be long', async () => {
  const chunk = Buffer.alloc(1_048_576, ' ');
  let sent = 0;
  const { url } = await serve((response) => {
    const more = () => {
      while (!response.destroyed && sent < 100) {
        sent += 1;
        if (!response.write(chunk)) return response.once('drain', more);
      }
      return response.end();
    };
    response.writeHead(200);
    more();
  });
  expect(await failure(clientOf(url).client.transactionOrders(ID))).toMatchObject({ reason: 'too_large' });
  expect(sent).toBeLessThan(50);
});

test.each(['null', '[]', '{"orders":[]}'])(
  '%s is an undocumented answer, not a missing transaction',
  async (body) => {
    const { url, requests } = await serve((response) => response.end(body));
    const error = await failure(clientOf(url).client.transactionOrders(ID));
    expect(error).toBeInstanceOf(JunctionUnavailable);
    expect(error?.reason).toBe('undocumented');
    expect(requests).toHaveLength(1);
  },
);
