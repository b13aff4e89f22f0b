/**
 * One stack for all tests of a file, with some hundred transactions: random journeys in every spelling, delivered in disorder
 * while the stack is killed and started again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { SCRIPTS, type Script } from '../../../tools/sandbox/journeys/catalogue.ts';
import { type Journey, journey, journeys } from '../../../tools/sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../../tools/sandbox/webhooks/delivery-plan.ts';
import {
  event,
  listed,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import type { Json } from '../../../tools/verification/oracle/reading/spelling.ts';
import { MARKED } from '../../patient-data.ts';
import { type StackProcess, startStack } from '../../stack-process.ts';
import type { Answer } from '../http-call.ts';
import { faults } from '../journey-verdict.ts';
import { callWebhook, secretOf, signed } from '../webhook/calls.ts';
import { QueryClient, type TransactionAnswer } from './calls.ts';
import { deliverThroughKills } from './killed-delivery.ts';

/** Set to replay one failure. */
export const SEED = Number(process.env.SEED ?? 1);
const SECRET = secretOf(1);
const DAY = 86_400_000;
export const NOBODY = '00000000-0000-4000-8000-000000000000';
export const REDRAW = transactionId(1);
export const ACKNOWLEDGEMENT = (id: string) => `/v1/redraws/${id}/acknowledgement`;

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
export let stack: StackProcess;
export let client: QueryClient;
/** As listed, newest first. */
export let all: TransactionAnswer[] = [];

const ordered = event(1, 'ordered', march(1));
const available = event(2, 'redraw_available', march(3));
export const initial = walkIn(1, [ordered, available], {
  order_transaction: transaction(1, 'active', [listed(1, 'redraw_available', march(3))]),
});

/** The kinds of journeys that were delivered. */
export let kinds: ReadonlySet<Script>;

/** What the API answered differently from the oracle when the projection had caught up; none if all is correct. */
export let found: string[] = [];

export async function openScene(): Promise<void> {
  const told = everyKind();
  kinds = new Set(told.map(({ script }) => script));
  const disorder = { duplicate: 0.2, delay: 0.2, drop: 0.15, lose: 0.04, unheard: 0.05 };
  const deliveries = planDeliveries(told, { seed: SEED, shuffle: true, ...disorder });
  const after = await deliverThroughKills(deliveries, {
    seed: SEED,
    secret: SECRET,
    start: () => startStack({ dataDirectory: join(place, 'data'), environment: { WEBHOOK_SECRET: SECRET } }),
  });
  stack = after.stack;
  client = await QueryClient.open(stack.url);
  found = [...after.lost, ...(await faults(client, told, after.received))];
  // The first test reports it. The redraw may never appear either.
  if (found.length > 0) return;
  await hear(initial);
  while ((await client.ask(`/v1/transactions/${REDRAW}`)).status !== 200) await sleep(20);
  all = await client.allTransactions();
}

export async function closeScene(): Promise<void> {
  await stack?.stop();
  rmSync(place, { recursive: true, force: true });
}

/** Journeys of every kind and spelling, some in progress with dates in the future, and many that began at the same time. */
function everyKind(): Journey[] {
  const groups = {
    past: SCRIPTS.map((script, index) => journey(script, SEED * 1000 + index, MARKED)),
    inProgress: journeys(SEED * 1000 + 80, 12, { startAt: new Date(Date.now() - 4 * DAY), ...MARKED }),
    // The list must not skip or repeat any of them.
    together: journeys(4, 24, {
      startAt: new Date('2025-04-01T00:00:00Z'),
      scripts: ['walk_in_waiting'],
      spelling: 'documented',
      ...MARKED,
    }),
    missing: [journey('redraw_completed_with_missing_results', 5, MARKED)],
  };
  return Object.entries(groups).flatMap(([group, some]) =>
    some.map((one) => ({ ...one, name: `${group}/${one.name}` })),
  );
}

export async function hear(body: Json): Promise<void> {
  const text = JSON.stringify(body);
  const { status } = await callWebhook(stack.url, {
    body: text,
    headers: signed(text, { secrets: [SECRET] }),
  });
  expect(status).toBe(200);
}

/** An RFC 9457 answer without internal details. */
export function expectProblem({ status, headers, json }: Answer, wanted: number): void {
  expect({ status, json }).toEqual({
    status: wanted,
    json: {
      type: 'about:blank',
      title: expect.stringMatching(/^[A-Z]/),
      status: wanted,
      detail: expect.stringMatching(/\w/),
    },
  });
  expect(headers['content-type']).toBe('application/problem+json');
}
