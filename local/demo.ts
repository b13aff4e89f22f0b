import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { deliver, planDeliveries } from '../sandbox/delivery.ts';
import type { Journey } from '../sandbox/journeys.ts';
import type { LocalStack } from './stack.ts';

interface Demo {
  stack: LocalStack;
  journeys: Journey[];
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
    }),
  ),
});

type Transaction = z.output<typeof transactionsSchema>['transactions'][number];

/** Sends the sandbox's journeys to the webhook as Junction would, in disorder, and shows what became of them. */
export async function showSampleJourneys({ stack, journeys, secret, print, signal }: Demo): Promise<void> {
  const deliveries = planDeliveries(journeys, { seed: 1, shuffle: true, duplicate: 0.2 });
  print('');
  print(
    `Sending ${journeys.length} sample journeys, ${deliveries.length} webhooks, shuffled and some of them twice:`,
  );
  const progress = progressPrinter(print);
  const summary = await deliver(deliveries, {
    url: `${stack.url}/webhooks/junction`,
    secret,
    signal,
    onProgress: ({ settled, total }) => progress(settled, total),
  });
  if (signal.aborted) return;
  const outcomes = Object.entries(summary.outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  print(`  answered: ${outcomes.join(', ')}${summary.failed > 0 ? `, ${summary.failed} NOT ACCEPTED` : ''}`);
  const transactions = await settledTransactions(stack, signal);
  print('');
  print('What the stack now holds:');
  for (const line of table(transactions)) print(line);
  print('');
  for (const line of howToAsk(stack.url, transactions[0]?.id ?? '<id>')) print(line);
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

/** The transactions follow the webhooks within moments: asks until two answers are the same. */
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
  throw new Error(`The stack does not answer the list of transactions as expected: ${before.slice(0, 200)}`);
}

function table(transactions: Transaction[]): string[] {
  const rows = transactions.map(({ id, status, outcome, orders }) => [
    id,
    status,
    outcome,
    orders.map(({ origin, low_level_status: low }) => `${origin ?? 'order'}: ${low ?? 'unknown'}`).join(', '),
  ]);
  const all = [['transaction', 'status', 'outcome', 'orders'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`);
}

function howToAsk(url: string, id: string): string[] {
  return [
    'Ask further:',
    `  TOKEN=$(curl -s ${url}/oauth2/token -d grant_type=client_credentials -d client_id=local -d client_secret=local | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `  curl -s -H "Authorization: Bearer $TOKEN" ${url}/v1/transactions/${id}`,
    `  curl -s -H "Authorization: Bearer $TOKEN" '${url}/v1/transactions?status=active'`,
  ];
}
