/** One running stack for all tests of a file, with some hundred transactions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Journey, journey, journeys } from '../../../sandbox/journeys/journeys.ts';
import { planDeliveries, type Delivery as Sent } from '../../../sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../../sandbox/webhooks/webhook-sender.ts';
import { event, listed, march, transaction, transactionId, walkIn } from '../../oracle/bodies.ts';
import type { Delivery } from '../../oracle/reading/facts.ts';
import type { Json } from '../../oracle/reading/spelling.ts';
import { MARKED } from '../../patient-data.ts';
import { type StackProcess, startStack } from '../../stack-process.ts';
import type { Answer } from '../http-call.ts';
import { faults } from '../journey-verdict.ts';
import { callWebhook, secretOf, signed } from '../webhook/calls.ts';
import { QueryClient, type TransactionAnswer } from './calls.ts';

const SECRET = secretOf(1);
export const NOBODY = '00000000-0000-4000-8000-000000000000';
export const REDRAW = transactionId(1);
export const ACKNOWLEDGEMENT = (id: string) => `/v1/redraws/${id}/acknowledgement`;

export let stack: StackProcess;
export let client: QueryClient;
/** As listed, newest first. */
export let all: TransactionAnswer[] = [];

const ordered = event(1, 'ordered', march(1));
const available = event(2, 'redraw_available', march(3));
export const initial = walkIn(1, [ordered, available], {
  order_transaction: transaction(1, 'active', [listed(1, 'redraw_available', march(3))]),
});

export async function openScene(): Promise<void> {
  stack = await startStack({ environment: { WEBHOOK_SECRET: SECRET } });
  client = await QueryClient.open(stack.url);
  // Many were created at the same time: the list must not skip or repeat any of them.
  const told = [
    ...journeys(3, 70, MARKED),
    ...together(60),
    journey('redraw_completed_with_missing_results', 5, MARKED),
  ];
  const plan = planDeliveries(told);
  const { failures } = await deliver(plan, {
    url: `${stack.url}/webhooks/junction`,
    secret: SECRET,
    concurrency: 16,
  });
  expect(failures).toEqual([]);
  // The projection has caught up when everything is as expected.
  expect(await faults(client, told, receivedBy(plan))).toEqual([]);
  await hear(initial);
  while ((await client.ask(`/v1/transactions/${REDRAW}`)).status !== 200) await sleep(20);
  all = await client.allTransactions();
}

export async function closeScene(): Promise<void> {
  await stack?.stop();
}

function together(count: number): Journey[] {
  const startAt = new Date('2025-04-01T00:00:00Z');
  const some = journeys(4, count, {
    startAt,
    scripts: ['walk_in_waiting'],
    spelling: 'documented',
    ...MARKED,
  });
  return some.map((one) => ({ ...one, name: `together/${one.name}` }));
}

function receivedBy(plan: readonly Sent[]): Map<string, Delivery[]> {
  const received = new Map<string, Delivery[]>();
  const receivedAt = new Date().toISOString();
  for (const { journey: name, body } of plan) {
    received.set(name, [...(received.get(name) ?? []), { body, receivedAt }]);
  }
  return received;
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
