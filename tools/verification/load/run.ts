/**
 * `npm run load -- --webhooks N --seconds S`: the local stack under sustained webhooks from the sandbox, over loopback
 * only. Meanwhile the database stops and starts again, and the stack is killed with -9 and restarted. Prints the
 * measurements. Fails if anything answered 2xx is lost, a state differs from the oracle's, the stream discards records, or
 * memory keeps growing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MARKED } from '../../../test/patient-data.ts';
import { faults } from '../../../test/stack/journey-verdict.ts';
import { type OwnEngine, startOwnEngine } from '../../../test/stack/own-engine.ts';
import { QueryClient } from '../../../test/stack/query/calls.ts';
import { secretOf } from '../../../test/stack/webhook/calls.ts';
import { type StackProcess, startStack } from '../../../test/stack-process.ts';
import { type Journey, journeys } from '../../sandbox/journeys/journeys.ts';
import { planDeliveries, type Delivery as Sent } from '../../sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../sandbox/webhooks/webhook-sender.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import { MemoryGauge } from './memory-gauge.ts';

const { values } = parseArgs({
  options: {
    webhooks: { type: 'string', default: '3000' },
    seconds: { type: 'string', default: '120' },
    seed: { type: 'string', default: '1' },
  },
});
const WEBHOOKS = Math.min(Number(values.webhooks), 100_000);
const SECONDS = Math.min(Number(values.seconds), 900);
const SEED = Number(values.seed);
const IN_FLIGHT = 32;
const PART = 150;
const DATABASE_AWAY_MS = 3_000;
/** The allowed ratio of the memory at the end to that in the middle, since the last start. */
const FLAT = 1.35;

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-load-'));
const received = new Map<string, Delivery[]>();
const durations: number[] = [];
const refused = new Map<string, number>();
const gauge = new MemoryGauge();
let stack: StackProcess | undefined;

function running(): StackProcess {
  if (!stack) throw new Error('the stack has not started');
  return stack;
}

async function start(engine: OwnEngine): Promise<void> {
  const environment = { WEBHOOK_SECRET: secretOf(1), DYNAMODB_ENDPOINT: engine.endpoint };
  stack = await startStack({ dataDirectory: join(place, 'data'), environment });
  gauge.follow(stack.pid);
}

/** About the requested number of webhooks, from journeys of every kind, in disorder. */
function planned(): { some: Journey[]; waiting: Sent[] } {
  const kinds = journeys(SEED, Math.ceil(WEBHOOKS / 5), MARKED);
  const disorder = { seed: SEED, shuffle: 400, duplicate: 0.1, delay: 0.05, unheard: 0.02 };
  let webhooks = 0;
  const some = kinds.filter(({ snapshots }) => {
    webhooks += snapshots.length * 1.12;
    return webhooks <= WEBHOOKS;
  });
  return { some, waiting: planDeliveries(some, disorder) };
}

/** Sends webhooks; returns those that were not accepted. */
async function send(deliveries: readonly Sent[], signal?: AbortSignal): Promise<Sent[]> {
  const { failures } = await deliver(deliveries, {
    url: `${running().url}/webhooks/junction`,
    secret: secretOf(1),
    concurrency: IN_FLIGHT,
    ...(signal ? { signal } : {}),
    onProgress: ({ delivery: { journey, body }, status, durationMs }) => {
      if (status !== 200) {
        refused.set(String(status), (refused.get(String(status)) ?? 0) + 1);
        return;
      }
      durations.push(durationMs);
      const receivedAt = new Date(Date.now() - durationMs).toISOString();
      received.set(journey, [...(received.get(journey) ?? []), { body, receivedAt }]);
    },
  });
  return failures;
}

/** The database stops while webhooks arrive, and starts again with everything that was written. */
async function withoutDatabase(deliveries: readonly Sent[], engine: OwnEngine): Promise<Sent[]> {
  const sending = send(deliveries);
  await sleep(200);
  await engine.stop();
  await sleep(DATABASE_AWAY_MS);
  await engine.restart();
  return sending;
}

/** The stack is killed while webhooks arrive, and started again. */
async function killed(deliveries: readonly Sent[], engine: OwnEngine): Promise<Sent[]> {
  const stopping = new AbortController();
  const sending = send(deliveries, stopping.signal);
  await sleep(200);
  await running().kill9();
  stopping.abort();
  const left = await sending;
  await start(engine);
  return left;
}

/** Sends batch after batch until everything is accepted, or there is no time for another. */
async function load(waiting: readonly Sent[], engine: OwnEngine): Promise<number> {
  const began = performance.now();
  const troubles = [withoutDatabase, killed];
  let next = 0;
  let left: Sent[] = [];
  while (next < waiting.length && performance.now() - began < SECONDS * 1_000) {
    const part = [...left, ...waiting.slice(next, next + PART)];
    next += PART;
    const share = Math.max(next / waiting.length, (performance.now() - began) / (SECONDS * 1_000));
    const trouble = share > (3 - troubles.length) / 3 ? troubles.shift() : undefined;
    left = trouble ? await trouble(part, engine) : await send(part);
  }
  // Unanswered webhooks may be stored. Whether they are must be known.
  while (left.length > 0) left = await send(left);
  return (performance.now() - began) / 1_000;
}

function percentile(share: number): string {
  const sorted = durations.toSorted((a, b) => a - b);
  return `${Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)} ms`;
}

async function wrongStates(some: readonly Journey[]): Promise<{ found: string[]; settledAfterMs: number }> {
  const began = performance.now();
  const client = await QueryClient.open(running().url);
  // While each check finds fewer faults, the projection only lags behind.
  let found = await faults(client, some, received);
  for (let before = Number.POSITIVE_INFINITY; found.length > 0 && found.length < before; ) {
    before = found.length;
    found = await faults(client, some, received);
  }
  return { found, settledAfterMs: performance.now() - began };
}

async function run(engine: OwnEngine): Promise<number> {
  const { some, waiting } = planned();
  await start(engine);
  const seconds = await load(waiting, engine);
  const memory = gauge.reading();
  const { found, settledAfterMs } = await wrongStates(some);
  const growth = memory.end / memory.middle;
  const discarded =
    running()
      .output()
      .match(/discarded \d+ stream record/g)?.length ?? 0;
  console.log(
    [
      `webhooks answered 2xx      ${durations.length}, of ${received.size} journeys`,
      `sustained                  ${Math.round(durations.length / seconds)}/s over ${seconds.toFixed(0)} s, ${IN_FLIGHT} in flight, both faults included`,
      `answer, p50 / p99          ${percentile(0.5)} / ${percentile(0.99)}`,
      `refused or cut off         ${[...refused].map(([status, count]) => `${count} × ${status}`).join(', ') || 'none'} (all sent again)`,
      `all states right after     ${(settledAfterMs / 1_000).toFixed(1)} s`,
      `memory of the stack        ${memory.middle} MB midway, ${memory.end} MB at the end, ${memory.most} MB maximum`,
      `batches discarded          ${discarded}`,
      `differences from the oracle ${found.length}`,
      ...found.slice(0, 10),
      ...(growth > FLAT ? [`memory grew by ${Math.round((growth - 1) * 100)} %`] : []),
    ].join('\n'),
  );
  return found.length > 0 || discarded > 0 || growth > FLAT ? 1 : 0;
}

const engine = await startOwnEngine(join(place, 'database.sqlite'));
try {
  process.exitCode = await run(engine);
} finally {
  gauge.stop();
  await stack?.stop();
  await engine.close();
  if (process.exitCode === 0) rmSync(place, { recursive: true, force: true });
  else console.log(`the data is kept in ${place}`);
}
