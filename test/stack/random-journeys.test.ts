/** Random journeys in every spelling, delivered in disorder over HTTP, lead to the oracle's state. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Journey, type JourneysOptions, journeys } from '../../sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../sandbox/webhooks/webhook-sender.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import { MARKED } from '../patient-data.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { faults } from './journey-verdict.ts';
import { QueryClient } from './query/calls.ts';
import { secretOf } from './webhook/calls.ts';

const FILE = 'test/stack/random-journeys.test.ts';
/** Set to replay one failure. */
const SEED = Number(process.env.SEED ?? 1);
const DAY = 86_400_000;
/** Longer than the maximum wait, so that the failure can show what is wrong. */
const TIMEOUT_MS = 180_000;

let stack: StackProcess;
const everything: Journey[] = [];
const received = new Map<string, Delivery[]>();

beforeAll(async () => {
  stack = await startStack({ environment: { WEBHOOK_SECRET: secretOf(1) } });
});

afterAll(() => stack.stop());

/** Sends the journeys in disorder and records what was received, and when. */
async function send(count: number, options: JourneysOptions): Promise<void> {
  const first = everything.length;
  const some = journeys(SEED * 1000 + first, count, { ...options, ...MARKED }).map((journey) => ({
    ...journey,
    name: `${first}/${journey.name}`,
  }));
  everything.push(...some);
  const disorder = { duplicate: 0.2, delay: 0.2, drop: 0.15, lose: 0.04, unheard: 0.05 };
  const plan = planDeliveries(some, { seed: SEED, shuffle: true, ...disorder });
  const { failures } = await deliver(plan, {
    url: `${stack.url}/webhooks/junction`,
    secret: secretOf(1),
    concurrency: 16,
    onProgress: ({ delivery: { journey, body }, status, durationMs }) => {
      const receivedAt = new Date(Date.now() - durationMs).toISOString();
      if (status === 200) received.set(journey, [...(received.get(journey) ?? []), { body, receivedAt }]);
    },
  });
  expect(failures.length, `deliveries refused, seed ${SEED}`).toBe(0);
}

async function expectOracle(): Promise<void> {
  const found = await faults(await QueryClient.open(stack.url), everything, received);
  if (found.length === 0) return;
  expect.fail(
    [`seed ${SEED}:`, ...found.slice(0, 15), `replay: SEED=${SEED} npx vitest run ${FILE}`].join('\n'),
  );
}

test(
  'journeys of every kind, shuffled, repeated, delayed and lost',
  async () => {
    await send(80, {});
    await expectOracle();
  },
  TIMEOUT_MS,
);

test(
  'journeys in progress, with some dates in the future',
  async () => {
    await send(24, { startAt: new Date(Date.now() - 4 * DAY) });
    await expectOracle();
  },
  TIMEOUT_MS,
);
