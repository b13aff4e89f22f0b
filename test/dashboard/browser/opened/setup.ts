/** One stack, one simulated Junction, one browser and a window per user for all tests of the dashboard. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import type { Journey } from '../../../../tools/sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../../../tools/sandbox/server.ts';
import { planDeliveries } from '../../../../tools/sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../../../tools/sandbox/webhooks/webhook-sender.ts';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { call } from '../../../stack/http-call.ts';
import { QueryClient } from '../../../stack/query/calls.ts';
import { callWebhook, secretOf, signed } from '../../../stack/webhook/calls.ts';
import { EVERY_FEATURE, type StackProcess, startStack } from '../../../stack-process.ts';
import { openBrowser, type Person, signInAs } from './chromium.ts';
import { type Visit, visit } from './visit.ts';

const SECRET = secretOf(1);

export let stack: StackProcess;
export let client: QueryClient;
export let browser: Browser;
export let junction: Sandbox;
const visits = new Map<Person, Promise<Visit>>();

export async function setUp(): Promise<void> {
  junction = await startSandbox();
  const environment = {
    WEBHOOK_SECRET: SECRET,
    JUNCTION_BASE_URL: junction.url,
    JUNCTION_API_KEY: SANDBOX_API_KEY,
    ...EVERY_FEATURE,
  };
  [stack, browser] = await Promise.all([startStack({ environment }), openBrowser()]);
  client = await QueryClient.open(stack.url);
}

export async function tearDown(): Promise<void> {
  await browser?.close();
  await stack?.stop();
  await junction?.close();
}

/** Options per user. Each user signs in once for all tests. */
const OPTIONS: Partial<Record<Person, BrowserContextOptions>> = {
  'Vera Viewer': { timezoneId: 'America/New_York' },
};

/** The window of a signed-in user. It opens at the worklist. */
export function windowOf(person: Person): Promise<Visit> {
  const open = visits.get(person) ?? signedIn(person);
  visits.set(person, open);
  return open;
}

async function signedIn(person: Person): Promise<Visit> {
  const one = await visit(browser, stack.url, OPTIONS[person]);
  await one.page.goto(stack.url);
  await signInAs(one.page, person);
  return one;
}

/** The windows of all users. */
export function allVisits(): Promise<Visit[]> {
  return Promise.all(visits.values());
}

/** Adds journeys to Junction and delivers their webhooks. Waits until every order is in a transaction. */
export async function deliverJourneys(told: readonly Journey[]): Promise<void> {
  junction.junction.add([...told]);
  const { failures } = await deliver(planDeliveries([...told]), {
    url: `${stack.url}/webhooks/junction`,
    secret: SECRET,
    concurrency: 16,
  });
  expect(failures).toEqual([]);
  const orders = told.flatMap(({ snapshots }) => snapshots.map(({ orderId }) => orderId));
  await untilListed(orders.filter((id) => id !== null));
}

/** Waits until every one of these orders is in a transaction. */
export async function untilListed(orderIds: readonly string[]): Promise<void> {
  for (;;) {
    const listed = (await client.allTransactions()).flatMap((transaction) => transaction.orders);
    const there = new Set(listed.map(({ id }) => id));
    if (orderIds.every((id) => there.has(id))) return;
    await sleep(500);
  }
}

/** A page of orders, each delivered once: the lists are longer than a page with them. */
export async function deliverPageOfOrders(): Promise<void> {
  const user_id = '3fa85f64-0000-4000-8000-000000000050';
  const numbers = Array.from({ length: 50 }, (_, index) => 100 + index);
  const at = march(20);
  await Promise.all(
    numbers.map((n) =>
      deliverOrder(walkIn(n, [event(1, 'ordered', at)], { user_id, created_at: at, updated_at: at })),
    ),
  );
  await untilListed(numbers.map(orderId));
}

/** Gives the outcome. */
export async function deliverText(text: string): Promise<string> {
  const headers = signed(text, { secrets: [SECRET] });
  const { json } = await callWebhook(stack.url, { body: text, headers });
  return (json as { outcome: string }).outcome;
}

export async function deliverOrder(body: Json): Promise<void> {
  expect(await deliverText(JSON.stringify(body))).toMatch(/applied|merged|superseded/);
}

/** Waits until the transaction of the `n`th order shows the order `m` in this low-level status. Gives its id. */
async function seen(n: number, m: number, low: string): Promise<string> {
  const id = transactionId(n);
  for (;;) {
    const { json } = await client.ask(`/v1/transactions/${id}`);
    const { orders = [] } = json as { orders?: { id: string; low_level_status: string }[] };
    if (orders.some((order) => order.id === orderId(m) && order.low_level_status === low)) return id;
    await sleep(20);
  }
}

/**
 * An order placed on the `n`th of March that became redraw available on the 3rd, in a transaction of its own.
 *
 * @returns the transaction's id
 */
export async function deliverRedraw(n: number, fields: Json = {}): Promise<string> {
  const events = [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(3))];
  const members = [listed(n, 'redraw_available', march(3))];
  await deliverOrder(walkIn(n, events, { order_transaction: transaction(n, 'active', members), ...fields }));
  return seen(n, n, 'redraw_available');
}

/**
 * The redraw order of the `n`th order's transaction, as far as its low-level status says, since the day of March.
 *
 * @param m its own number, the day of March that it is listed at
 */
export async function deliverProgress(n: number, m: number, low: string, day: number): Promise<void> {
  const member = listed(m, low, march(day), { origin: 'redraw', parent_id: orderId(n) });
  const status = low === 'completed' || low === 'cancelled' ? 'completed' : 'active';
  await deliverOrder(
    walkIn(m, [event(8, 'ordered', march(day - 1)), event(9, low, march(day))], {
      origin: 'redraw',
      parent_id: orderId(n),
      order_transaction: transaction(n, status, [listed(n, 'redraw_available', march(3)), member]),
    }),
  );
  await seen(n, m, low);
}

/** Lets the sweep run as though it were that day of March; gives what it says. */
export async function sweepOn(day: number): Promise<unknown> {
  const { json } = await call(`${stack.url}/2015-03-31/functions/sweep/invocations`, {
    method: 'POST',
    body: JSON.stringify({ time: march(day) }),
  });
  return json;
}
