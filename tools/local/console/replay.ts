import type { LocalStack } from '../stack.ts';
import type { DemoProgress } from './demo-progress.ts';
import type { ShownTransaction } from './shown-transactions.ts';

/** Something that happens at a time: a webhook arrives, a person does something. */
export interface Step {
  readonly at: Date;
  take(): Promise<void>;
}

export interface Replay {
  readonly stack: Pick<LocalStack, 'moveClock' | 'runSchedules' | 'nextCron'>;
  readonly progress: DemoProgress;
  readonly signal: AbortSignal;
  /** The transactions, once the functions have handled the steps so far. */
  transactions(): Promise<readonly Pick<ShownTransaction, 'id' | 'redraw'>[]>;
  /** Called after each step. */
  onStep(): void;
}

const MINUTE = 60_000;
/** As often as the sweep of the template. Weeks of that would take too long, and most of the time nothing is due. */
const SWEEP_EVERY = 15 * MINUTE;
const SWEEP_AT_LEAST_EVERY = 8 * 60 * MINUTE;
/** The runs of the last half hour. Alarms would notice that they are missing. */
const LAST_RUNS = [25, 12, 3].map((minutes) => minutes * MINUTE);

/**
 * Takes the steps that are left, each at its time, and runs the schedules of the time between them: those with a rate when a
 * redraw is due and some times a day, the others when they are due. An interrupted replay resumes where it stopped.
 */
export async function replay(
  steps: readonly Step[],
  replaying: Replay,
  now: () => number = Date.now,
): Promise<void> {
  const { stack, progress, signal, onStep } = replaying;
  const schedules = schedulesOf(replaying);
  for (const { at, take } of steps.slice(progress.done)) {
    await schedules.runUntil(at);
    if (signal.aborted) return;
    stack.moveClock(at);
    await take();
    if (signal.aborted) return;
    progress.step(at);
    onStep();
  }
  await schedules.runUntil(new Date(now() - Math.max(...LAST_RUNS)));
  for (const ago of LAST_RUNS) await schedules.run(new Date(now() - ago));
}

function schedulesOf({ stack, progress, signal, transactions }: Omit<Replay, 'onStep'>) {
  /** What was due in a sweep. If the sweep did not flag it, it has a reason not to. */
  const swept = new Set<string>();

  async function run(time: Date): Promise<void> {
    if (signal.aborted || (progress.ranUntil && time <= progress.ranUntil)) return;
    stack.moveClock(time);
    await stack.runSchedules('rate', time);
    await stack.runSchedules('cron', time);
    if (!signal.aborted) progress.ran(time);
  }

  return {
    run,
    async runUntil(until: Date): Promise<void> {
      let due: readonly DueTime[] | undefined;
      for (
        let from = progress.ranUntil;
        from && multipleAfter(from.getTime(), SWEEP_EVERY) < until.getTime() && !signal.aborted;
        from = progress.ranUntil
      ) {
        due ??= (await transactions()).flatMap(dueTime).filter(({ key }) => !swept.has(key));
        const next = nextRun(from, due, stack.nextCron(from));
        if (next >= until.getTime()) return;
        await run(new Date(next));
        const reached = due.filter(({ at }) => at <= next);
        for (const { key } of reached) swept.add(key);
        // A sweep with nothing due changes no due time.
        if (reached.length > 0) due = undefined;
      }
    },
  };
}

interface DueTime {
  readonly key: string;
  /** In ms since 1970. */
  readonly at: number;
}

function dueTime({ id, redraw }: Pick<ShownTransaction, 'id' | 'redraw'>): DueTime[] {
  if (!redraw?.due_at || redraw.stale_since) return [];
  return [{ key: `${id} ${redraw.due_at}`, at: Date.parse(redraw.due_at) }];
}

/** When the schedules have to run next (ms since 1970). */
function nextRun(from: Date, due: readonly DueTime[], cron: Date | undefined): number {
  const after = from.getTime();
  const sweeps = due.map(({ at }) => multipleAfter(Math.max(at - 1, after), SWEEP_EVERY));
  return Math.min(multipleAfter(after, SWEEP_AT_LEAST_EVERY), ...sweeps, ...(cron ? [cron.getTime()] : []));
}

/** The next multiple of a duration after a time. */
function multipleAfter(time: number, duration: number): number {
  return (Math.floor(time / duration) + 1) * duration;
}
