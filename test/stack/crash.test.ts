/** Killed with -9 under load, several times, the stack loses nothing that it answered 2xx. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { journeys } from '../../sandbox/journeys/journeys.ts';
import { random } from '../../sandbox/random.ts';
import { planDeliveries, type Delivery as Sent } from '../../sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../sandbox/webhooks/webhook-sender.ts';
import { eventFacts } from '../convergence/product.ts';
import { expectedState } from '../oracle/oracle.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import { MARKED } from '../patient-data.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { faults, sideBySide } from './journey-verdict.ts';
import { QueryClient } from './query/calls.ts';
import { secretOf } from './webhook/calls.ts';

const FILE = 'test/stack/crash.test.ts';
/** Set to replay one failure. */
const SEED = Number(process.env.SEED ?? 1);
const REPLAY = `replay: SEED=${SEED} npx vitest run ${FILE}`;
const IN_FLIGHT = 64;

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
const source = random(`crash/${SEED}`);
const some = journeys(SEED, 36, MARKED);
let stack: StackProcess;
/** Answered 2xx, by journey. */
const accepted = new Map<string, Delivery[]>();

afterAll(async () => {
  await stack?.kill9();
  rmSync(place, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const environment = { WEBHOOK_SECRET: secretOf(1) };
  stack = await startStack({ dataDirectory: join(place, 'data'), environment });
}

/** Sends until this many more have been accepted, then kills the stack. Returns what was not accepted. */
async function sendAndKill(deliveries: readonly Sent[], kills: { after: number; pauseMs: number }) {
  const stopping = new AbortController();
  let heard = 0;
  let killed: Promise<void> | undefined;
  const kill = async () => {
    await sleep(kills.pauseMs);
    await stack.kill9();
    stopping.abort();
  };
  const { failures } = await deliver(deliveries, {
    url: `${stack.url}/webhooks/junction`,
    secret: secretOf(1),
    concurrency: IN_FLIGHT,
    signal: stopping.signal,
    onProgress: ({ delivery, accepted: taken }) => {
      if (!taken) return;
      const { journey, body } = delivery;
      const receivedAt = new Date().toISOString();
      accepted.set(journey, [...(accepted.get(journey) ?? []), { body, receivedAt }]);
      heard += 1;
      if (heard === kills.after) killed = kill();
    },
  });
  await killed;
  return failures;
}

/** The accepted events that an order's answer lacks. Orders can also have events of unanswered webhooks. */
async function lostEvents(client: QueryClient): Promise<string[]> {
  const lost: string[] = [];
  const orders = [...accepted.values()].flatMap((deliveries) => [
    ...expectedState(deliveries).orders.values(),
  ]);
  await sideBySide(orders, async ({ id, events }) => {
    const { json } = await client.ask(`/v1/orders/${id}`);
    const { events: shown = [] } = json as { events?: Parameters<typeof eventFacts>[0] };
    const held = new Set(eventFacts(shown).map((event) => JSON.stringify(event)));
    for (const event of events) {
      if (!held.has(JSON.stringify(event))) lost.push(`order ${id} lacks ${JSON.stringify(event)}`);
    }
  });
  return lost;
}

test('nothing that was answered 2xx is lost, and every transaction becomes correct', async () => {
  let waiting = planDeliveries(some, { seed: SEED, shuffle: 40, duplicate: 0.1, delay: 0.1 });
  await start();
  for (let left = 3; left > 0; left -= 1) {
    // The last time everything is accepted, but not processed further yet.
    const share = left === 1 ? 1 : source.int(10, 60) / 100;
    const after = Math.ceil(waiting.length * share);
    waiting = await sendAndKill(waiting, { after, pauseMs: left === 1 ? 0 : source.int(0, 40) });
    await start();
    expect(await lostEvents(await QueryClient.open(stack.url)), REPLAY).toEqual([]);
  }
  expect(waiting).toEqual([]);
  const client = await QueryClient.open(stack.url);
  expect(await faults(client, some, accepted), REPLAY).toEqual([]);
}, 240_000);
