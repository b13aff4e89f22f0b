import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { type TimedDelivery, timedDeliveries } from '../../sandbox/webhooks/timed-deliveries.ts';
import { deliver } from '../../sandbox/webhooks/webhook-sender.ts';
import type { LocalStack } from '../stack.ts';
import type { DemoProgress } from './demo-progress.ts';

interface Demo {
  stack: LocalStack;
  secret: string;
  progress: DemoProgress;
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
 * Replays the sandbox's journeys as if the stack had run for the past weeks: moves the clock from webhook to webhook, sends each
 * to the route of the template, signed at its time, and runs the schedules when a redraw becomes due and on Mondays. Then
 * prints the resulting transactions. An interrupted demo resumes where it stopped.
 */
export async function showSampleJourneys({ stack, secret, progress, print, signal }: Demo): Promise<void> {
  const deliveries = timedDeliveries(stack.journeys, 1);
  const { sentBefore } = progress;
  print('');
  print(
    sentBefore > 0
      ? `Resuming the sample journeys: ${deliveries.length - sentBefore} of ${deliveries.length} webhooks are left.`
      : `Replaying the last weeks of a clinic: ${deliveries.length} webhooks of ${stack.journeys.length} sample journeys, some late and some twice.`,
  );
  try {
    await replay({ stack, secret, progress, print, signal }, deliveries);
  } finally {
    stack.moveClock(null);
  }
  if (signal.aborted) return;
  await stack.runSchedules('rate', new Date());
  const transactions = await settledTransactions(stack, signal);
  progress.finish();
  print('');
  print('Transactions:');
  for (const line of table(transactions)) print(line);
}

const DAY = 86_400_000;
const QUARTER_HOUR = 900_000;
/** Monday, 4 May 1970, at nine: a Monday from which weekly reviews are counted. */
const A_MONDAY = Date.UTC(1970, 4, 4, 9);

/** Sends what is left day by day, and runs the schedules of each day. */
async function replay(demo: Demo, deliveries: readonly TimedDelivery[]): Promise<void> {
  const { stack, secret, progress, print, signal } = demo;
  let sent = progress.sentBefore;
  let time = deliveries[sent]?.at.getTime() ?? Date.now();
  const show = progressPrinter(print);
  for (let end = time + DAY; time < Date.now() && !signal.aborted; time = end, end += DAY) {
    for (let next = deliveries[sent]; next && next.at.getTime() < end; next = deliveries[sent]) {
      stack.moveClock(next.at);
      const url = stack.url + WEBHOOK_PATH;
      await deliver([next], { url, secret, signal, clock: () => stack.now() });
      if (signal.aborted) return;
      sent += 1;
      progress.sent(sent);
      show(sent, deliveries.length);
    }
    await runSchedulesUntil(demo, time, Math.min(end, Date.now()));
  }
  await runLastSchedules(demo);
}

/** Runs the schedules of the last half hour, because alarms would notice that they are missing. */
async function runLastSchedules({ stack, signal }: Demo): Promise<void> {
  for (const minutesAgo of [25, 12, 3]) {
    const time = new Date(Date.now() - minutesAgo * 60_000);
    if (signal.aborted || time < stack.now()) continue;
    stack.moveClock(time);
    await stack.runSchedules('rate', time);
  }
}

/** Runs the sweep when redraws have become due, and the weekly review. */
async function runSchedulesUntil({ stack, signal }: Demo, from: number, until: number): Promise<void> {
  let time = stack.now().getTime();
  for (;;) {
    const transactions = await settledTransactions(stack, signal, 60);
    const due = transactions.flatMap(({ redraw }) => {
      const at =
        redraw?.stale_since || !redraw?.due_at ? Number.POSITIVE_INFINITY : Date.parse(redraw.due_at);
      // The sweep runs every quarter of an hour.
      const swept = Math.ceil(Math.max(at, time) / QUARTER_HOUR) * QUARTER_HOUR;
      return swept > time && swept < until ? [swept] : [];
    });
    if (due.length === 0 || signal.aborted) break;
    time = Math.min(...due);
    stack.moveClock(new Date(time));
    await stack.runSchedules('rate', new Date(time));
  }
  const review = A_MONDAY + Math.ceil((from - A_MONDAY) / (7 * DAY)) * 7 * DAY;
  if (review >= until || signal.aborted) return;
  stack.moveClock(new Date(Math.max(review, time)));
  await stack.runSchedules('cron', new Date(review));
}

function progressPrinter(print: (line: string) => void): (sent: number, total: number) => void {
  let shown = 0;
  return (sent, total) => {
    const quarter = Math.floor((sent / total) * 4);
    if (quarter <= shown) return;
    shown = quarter;
    print(`  ${String(sent).padStart(String(total).length)} of ${total} delivered`);
  };
}

/** Reads the transactions until two responses are the same: they follow the webhooks after a moment (ms). */
async function settledTransactions(
  stack: LocalStack,
  signal: AbortSignal,
  moment = 300,
): Promise<Transaction[]> {
  const authorization = `Bearer ${await stack.token()}`;
  let before = '';
  for (let tries = 0; tries < 200 && !signal.aborted; tries += 1) {
    const response = await fetch(`${stack.url}/v1/transactions?limit=100`, { headers: { authorization } });
    const text = await response.text();
    if (response.ok && text === before) return transactionsSchema.parse(JSON.parse(text)).transactions;
    before = text;
    await sleep(moment);
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
