/** Delivers webhooks to a stack that is killed with -9 under load and started again, several times. */
import { setTimeout as sleep } from 'node:timers/promises';
import { mapConcurrent } from '../../../core/concurrency/map-concurrent.ts';
import { random } from '../../../tools/sandbox/random.ts';
import type { Delivery as Sent } from '../../../tools/sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../../tools/sandbox/webhooks/webhook-sender.ts';
import { eventFacts } from '../../../tools/verification/convergence/product.ts';
import { expectedState } from '../../../tools/verification/oracle/oracle.ts';
import type { Delivery } from '../../../tools/verification/oracle/reading/facts.ts';
import type { StackProcess } from '../../stack-process.ts';
import { QueryClient } from './calls.ts';

const KILLS = 2;
const IN_FLIGHT = 64;

export interface KilledDelivery {
  readonly seed: number;
  readonly secret: string;
  /** Starts the stack on the data that it left. */
  start(): Promise<StackProcess>;
}

export interface AfterKills {
  readonly stack: StackProcess;
  /** What was answered 200, by journey. */
  readonly received: Map<string, Delivery[]>;
  /** Events of accepted webhooks that an order lacked right after a start; none if nothing is lost. */
  readonly lost: string[];
}

/** Sends everything until it is accepted. The last kill comes when everything was accepted, but not processed further yet. */
export async function deliverThroughKills(
  planned: readonly Sent[],
  { seed, secret, start }: KilledDelivery,
): Promise<AfterKills> {
  const source = random(`kills/${seed}`);
  const received = new Map<string, Delivery[]>();
  const lost: string[] = [];
  let stack = await start();
  let waiting: readonly Sent[] = planned;
  for (let left = KILLS; left > 0; left -= 1) {
    const share = left === 1 ? 1 : source.int(10, 60) / 100;
    const kill = { after: Math.ceil(waiting.length * share), pauseMs: left === 1 ? 0 : source.int(0, 40) };
    waiting = await sendAndKill(stack, waiting, { secret, received, ...kill });
    stack = await start();
    lost.push(...(await lostEvents(await QueryClient.open(stack.url), received)));
  }
  return { stack, received, lost: [...lost, ...waiting.map(({ svixId }) => `${svixId} was never accepted`)] };
}

interface Sending {
  readonly secret: string;
  readonly received: Map<string, Delivery[]>;
  /** Accepted webhooks before the kill. */
  readonly after: number;
  readonly pauseMs: number;
}

/** Returns what was not accepted. */
async function sendAndKill(
  stack: StackProcess,
  deliveries: readonly Sent[],
  { secret, received, after, pauseMs }: Sending,
): Promise<Sent[]> {
  const stopping = new AbortController();
  let accepted = 0;
  let killed: Promise<void> | undefined;
  const kill = async () => {
    await sleep(pauseMs);
    await stack.kill9();
    stopping.abort();
  };
  const { failures } = await deliver(deliveries, {
    url: `${stack.url}/webhooks/junction`,
    secret,
    concurrency: IN_FLIGHT,
    signal: stopping.signal,
    onProgress: ({ delivery: { journey, body }, status, accepted: isAccepted, durationMs }) => {
      const receivedAt = new Date(Date.now() - durationMs).toISOString();
      if (status === 200) received.set(journey, [...(received.get(journey) ?? []), { body, receivedAt }]);
      if (!isAccepted) return;
      accepted += 1;
      if (accepted === after) killed = kill();
    },
  });
  await killed;
  return failures;
}

/** The events of accepted webhooks that an order's answer lacks. Orders can also have events of unanswered webhooks. */
async function lostEvents(client: QueryClient, received: AfterKills['received']): Promise<string[]> {
  const lost: string[] = [];
  const orders = [...received.values()].flatMap((deliveries) => [
    ...expectedState(deliveries).orders.values(),
  ]);
  await mapConcurrent(orders, async ({ id, events }) => {
    const { json } = await client.ask(`/v1/orders/${id}`);
    const { events: shown = [] } = json as { events?: Parameters<typeof eventFacts>[0] };
    const held = new Set(eventFacts(shown).map((event) => JSON.stringify(event)));
    for (const event of events) {
      if (!held.has(JSON.stringify(event))) lost.push(`order ${id} lost ${JSON.stringify(event)}`);
    }
  });
  return lost;
}
