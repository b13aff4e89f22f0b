import { WEBHOOK_PATH } from '../../../core/http/webhook-path.ts';
import { type TimedDelivery, timedDeliveries } from '../../sandbox/webhooks/timed-deliveries.ts';
import { deliver } from '../../sandbox/webhooks/webhook-sender.ts';
import type { LocalTeam } from '../settings.ts';
import type { LocalStack } from '../stack.ts';
import type { DemoProgress } from './demo-progress.ts';
import { signIn } from './person.ts';
import { replay, type Step } from './replay.ts';
import { sampleHandling } from './sample-handling.ts';
import { type ShownTransaction, shownTransactions } from './shown-transactions.ts';

interface Demo {
  stack: LocalStack;
  secret: string;
  /** With several, each has an endpoint and a secret of its own. */
  teams: readonly LocalTeam[];
  progress: DemoProgress;
  print(line: string): void;
  signal: AbortSignal;
}

/**
 * Replays the sandbox's journeys as if the stack had run for the past weeks: each webhook arrives at the route of the template at its
 * time, signed at that time, and the schedules run when they would have. Then prints the resulting transactions. An interrupted
 * demo resumes where it stopped.
 */
export async function showSampleJourneys({
  stack,
  secret,
  teams,
  progress,
  print,
  signal,
}: Demo): Promise<void> {
  const deliveries = timedDeliveries(stack.journeys, 1);
  const handled = handling({ stack, print, signal });
  const steps = [...webhooks({ stack, secret, teams, signal }, deliveries), ...handled].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
  print('');
  print(
    progress.done > 0
      ? `Resuming the sample journeys: ${steps.length - progress.done} of ${steps.length} steps are left.`
      : `Replaying the last month of a clinic: ${deliveries.length} webhooks of ${stack.journeys.length} sample journeys, some late and some twice, and ${handled.length} entries by the people who work on them.`,
  );
  const transactions = () => shownTransactions(stack);
  const show = progressPrinter(print);
  const onStep = () => show(progress.done, steps.length);
  try {
    await replay(steps, { stack, progress, signal, transactions, onStep });
  } finally {
    // While the stack stops, the functions still handle what happened then.
    if (!signal.aborted) stack.moveClock(null);
  }
  if (signal.aborted) return;
  await stack.runSchedules('rate', new Date());
  const result = await transactions();
  progress.finish();
  print('');
  print('Transactions:');
  for (const line of table(result)) print(line);
}

/** Each webhook arrives, signed at its time. */
function webhooks(
  { stack, secret, teams, signal }: Pick<Demo, 'stack' | 'secret' | 'teams' | 'signal'>,
  deliveries: readonly TimedDelivery[],
): Step[] {
  const url = stack.url + WEBHOOK_PATH;
  const clock = () => stack.now();
  return deliveries.map((delivery) => ({
    at: delivery.at,
    async take() {
      const team = teams.find(({ id }) => id === teamOf(delivery.body));
      const endpoint = team ? { url: `${url}/${team.id}`, secret: team.webhookSecret } : { url, secret };
      await deliver([delivery], { ...endpoint, signal, clock });
    },
  }));
}

const teamOf = (body: string): unknown => (JSON.parse(body) as { team_id?: unknown }).team_id;

/** People do what they did about the journeys. They need the page: without it, nobody can sign in. */
function handling({ stack, print, signal }: Pick<Demo, 'stack' | 'print' | 'signal'>): Step[] {
  if (stack.pageUrl === undefined) return [];
  return sampleHandling(stack.journeys).map(({ at, person, method, path, body }) => ({
    at,
    async take() {
      // What it is about must be known.
      await stack.settled();
      try {
        const { ask } = await signIn(stack.url, person);
        await ask(method, path, body);
      } catch (error) {
        // The journeys are worth seeing without it.
        if (!signal.aborted) print(`  ${person} could not do this: ${method} ${path}: ${String(error)}`);
      }
    },
  }));
}

function progressPrinter(print: (line: string) => void): (sent: number, total: number) => void {
  let shown = 0;
  return (sent, total) => {
    const quarter = Math.floor((sent / total) * 4);
    if (quarter <= shown) return;
    shown = quarter;
    print(`  ${String(sent).padStart(String(total).length)} of ${total} steps done`);
  };
}

function table(transactions: ShownTransaction[]): string[] {
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

function redrawCell(redraw: ShownTransaction['redraw']): string {
  if (!redraw) return '';
  const { state, due_at: due } = redraw;
  const verb = state === 'stale' ? 'was due' : 'due';
  return due ? `${state}, ${verb} ${due.slice(0, 16).replace('T', ' ')}` : state;
}
