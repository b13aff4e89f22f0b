/** One running stack and one browser for all tests of the dashboard. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { deliver, planDeliveries } from '../../sandbox/delivery.ts';
import { journeys } from '../../sandbox/journeys.ts';
import { event, listed, march, orderId, transaction, transactionId, walkIn } from '../oracle/bodies.ts';
import type { Json } from '../oracle/spelling.ts';
import { call } from '../stack/http-call.ts';
import { QueryClient } from '../stack/query-calls.ts';
import { callWebhook, secretOf, signed } from '../stack/webhook-calls.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { openBrowser } from './browser.ts';

const SECRET = secretOf(1);
/** Nobody told the sandbox of the orders here: the sweep is to go by the webhooks alone. */
const environment = { WEBHOOK_SECRET: SECRET, JUNCTION_API_KEY: 'none' };

export let stack: StackProcess;
export let client: QueryClient;
export let browser: Browser;

export async function openScene(): Promise<void> {
  [stack, browser] = await Promise.all([startStack({ environment }), openBrowser()]);
  client = await QueryClient.open(stack.url);
}

export async function closeScene(): Promise<void> {
  await browser?.close();
  await stack?.stop();
}

/** What the sandbox tells of so many journeys, each in one of its many ways to go. */
export async function hearJourneys(seed: number, count: number): Promise<void> {
  const { failures } = await deliver(planDeliveries(journeys(seed, count)), {
    url: `${stack.url}/webhooks/junction`,
    secret: SECRET,
    concurrency: 16,
  });
  expect(failures).toEqual([]);
}

export async function hear(body: Json): Promise<void> {
  const text = JSON.stringify(body);
  const { json } = await callWebhook(stack.url, {
    body: text,
    headers: signed(text, { secrets: [SECRET] }),
  });
  expect(json).toEqual({ outcome: expect.stringMatching(/applied|merged|superseded/) });
}

/**
 * An order that became redraw available on 3 March, in a transaction of its own.
 * @param n below 4, as it is the day of March that it was placed
 * @returns the transaction's id
 */
export async function hearRedraw(n: number, fields: Json = {}): Promise<string> {
  const events = [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(3))];
  const members = [listed(n, 'redraw_available', march(3))];
  await hear(walkIn(n, events, { order_transaction: transaction(n, 'active', members), ...fields }));
  const id = transactionId(n);
  while ((await client.ask(`/v1/transactions/${id}`)).status !== 200) await sleep(20);
  return id;
}

/** The redraw order `m` of `n`'s transaction, as far as its low-level status says, since the day of March. */
export async function hearProgress(n: number, m: number, low: string, day: number): Promise<void> {
  const member = listed(m, low, march(day), { origin: 'redraw', parent_id: orderId(n) });
  await hear(
    walkIn(m, [event(8, 'ordered', march(day - 1)), event(9, low, march(day))], {
      origin: 'redraw',
      parent_id: orderId(n),
      created_at: march(day - 1),
      order_transaction: transaction(n, low === 'completed' ? 'completed' : 'active', [
        listed(n, 'redraw_available', march(3)),
        member,
      ]),
    }),
  );
}

/** Lets the sweep run as though it were that day of March; gives what it says. */
export async function sweepOn(day: number): Promise<unknown> {
  const { json } = await call(`${stack.url}/2015-03-31/functions/sweep/invocations`, {
    method: 'POST',
    body: JSON.stringify({ time: march(day) }),
  });
  return json;
}
