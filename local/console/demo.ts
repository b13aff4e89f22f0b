import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { planDeliveries } from '../../sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../../sandbox/webhooks/webhook-sender.ts';
import type { LocalStack } from '../stack.ts';

interface Demo {
  stack: LocalStack;
  secret: string;
  print(line: string): void;
  signal: AbortSignal;
}

const transactionsSchema = z.object({
  transactions: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      outcome: z.string(),
      revision: z.number(),
      orders: z.array(z.object({ origin: z.string().nullable(), low_level_status: z.string().nullable() })),
      redraw: z
        .object({ state: z.string(), due_at: z.string().nullish(), stale_since: z.string().nullish() })
        .nullish(),
    }),
  ),
});

type Transaction = z.output<typeof transactionsSchema>['transactions'][number];

/**
 * Sends the sandbox's journeys to the webhook out of order, as Junction may, runs the schedules, and prints the resulting
 * transactions.
 */
export async function showSampleJourneys({ stack, secret, print, signal }: Demo): Promise<void> {
  const deliveries = planDeliveries(stack.journeys, { seed: 1, shuffle: true, duplicate: 0.2 });
  print('');
  print(
    `Sending ${deliveries.length} webhooks of ${stack.journeys.length} sample journeys, shuffled and some of them twice:`,
  );
  const progress = progressPrinter(print);
  const summary = await deliver(deliveries, {
    url: stack.url + WEBHOOK_PATH,
    secret,
    signal,
    onProgress: ({ settled, total }) => progress(settled, total),
  });
  if (signal.aborted) return;
  const outcomes = Object.entries(summary.outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  print(`  outcomes: ${outcomes.join(', ')}${summary.failed > 0 ? `, ${summary.failed} failed` : ''}`);
  await settledTransactions(stack, signal);
  print('');
  print('Running the schedules with a rate now, without waiting for their time:');
  await stack.runRateSchedules();
  const transactions = await settledTransactions(stack, signal);
  print('');
  print('Transactions:');
  for (const line of table(transactions)) print(line);
  print('');
  for (const line of exampleRequests(stack.url, transactions)) print(line);
}

function progressPrinter(print: (line: string) => void): (settled: number, total: number) => void {
  let shown = -1;
  return (settled, total) => {
    const quarter = Math.floor((settled / total) * 4);
    if (quarter <= shown) return;
    shown = quarter;
    if (settled > 0) print(`  ${String(settled).padStart(String(total).length)} of ${total} delivered`);
  };
}

/** Reads the transactions until two responses are the same: they follow the webhooks after a moment. */
async function settledTransactions(stack: LocalStack, signal: AbortSignal): Promise<Transaction[]> {
  const authorization = `Bearer ${await stack.token()}`;
  let before = '';
  for (let tries = 0; tries < 50 && !signal.aborted; tries += 1) {
    const response = await fetch(`${stack.url}/v1/transactions?limit=100`, { headers: { authorization } });
    const text = await response.text();
    if (response.ok && text === before) return transactionsSchema.parse(JSON.parse(text)).transactions;
    before = text;
    await sleep(300);
  }
  throw new Error(`The list of transactions does not settle: ${before.slice(0, 200)}`);
}

function table(transactions: Transaction[]): string[] {
  const rows = transactions.map(({ id, status, outcome, orders, redraw }) => [
    id,
    status,
    outcome,
    redrawCell(redraw),
    orders.map(({ origin, low_level_status: low }) => `${origin ?? 'order'}: ${low ?? 'unknown'}`).join(', '),
  ]);
  const all = [['transaction', 'status', 'outcome', 'redraw', 'orders'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
}

function redrawCell(redraw: Transaction['redraw']): string {
  if (!redraw) return '';
  const { state, due_at: due } = redraw;
  const verb = state === 'stale' ? 'was due' : 'due';
  return due ? `${state}, ${verb} ${due.slice(0, 16).replace('T', ' ')}` : state;
}

function exampleRequests(url: string, transactions: Transaction[]): string[] {
  const open = transactions.find(({ redraw }) => redraw?.state === 'stale') ?? transactions[0];
  const id = open?.id ?? '<id>';
  const curl = 'curl -s -H "Authorization: Bearer $TOKEN"';
  return [
    'Try the API:',
    `  TOKEN=$(curl -s ${url}/oauth2/token -d grant_type=client_credentials -d client_id=local -d client_secret=local | sed 's/.*"access_token":"\\([^"]*\\).*/\\1/')`,
    `  ${curl} ${url}/v1/transactions/${id}`,
    `  ${curl} '${url}/v1/transactions?status=active'`,
    'List the stale redraws, acknowledge one, and run the sweep:',
    `  ${curl} '${url}/v1/redraws?state=stale'`,
    `  ${curl} -X PUT ${url}/v1/redraws/${id}/acknowledgement -H 'content-type: application/json' -d '{"by": "you", "note": "called the patient"}'`,
    `  curl -s ${url}/2015-03-31/functions/sweep/invocations -d "{\\"time\\": \\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\\"}"`,
  ];
}
