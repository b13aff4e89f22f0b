import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';
import { type DeliveryContext, deadLetterAttributes, deliver } from '../topics-and-queues/delivery.ts';
import { type Schedule, scheduledInput } from './schedules.ts';

export interface Scheduler {
  /**
   * Runs the schedules that became due since the last tick. A schedule that was missed several times, because the
   * machine slept or no stack ran, runs once, for the last of these times.
   */
  tick(now: Date): void;
  /** Runs all schedules with a rate, or the others that are due at a time, as of that time. */
  run(which: 'rate' | 'cron', time: Date): void;
  /** When the next of the schedules without a rate runs. */
  nextCron(after: Date): Date | undefined;
  /** The next run of each schedule. */
  nextRuns(now: Date): { schedule: Schedule; at: Date }[];
}

export interface SchedulerOptions {
  /** Keeps when each schedule was first seen and last checked. */
  file: string;
  context: DeliveryContext;
  /** Shows a person which missed runs are run now. */
  print(line: string): void;
  /** Shows a person what could not be delivered. */
  report(line: string): void;
}

/** A run that is later than this is announced. */
const LATE_MS = 120_000;

const stateSchema = z.record(
  z.string(),
  z.object({ expression: z.string(), firstSeen: z.coerce.date(), checked: z.coerce.date() }),
);

type State = z.output<typeof stateSchema>[string];

/** Runs schedules by the times it is given. A schedule that is new or has changed starts `now`. */
export function scheduler(
  schedules: Schedule[],
  now: Date,
  { file, context, print, report }: SchedulerOptions,
): Scheduler {
  const before = stateSchema.safeParse(readJsonFile(file)).data ?? {};
  const states = new Map(
    schedules.map((schedule) => [schedule.id, stateAtStart(schedule, before, now)] as const),
  );
  save();

  function save(): void {
    replaceFile(file, JSON.stringify(Object.fromEntries(states)));
  }

  function tick(time: Date): void {
    for (const schedule of schedules) {
      const state = states.get(schedule.id);
      if (!state || state.checked >= time) continue;
      const due = lastDue(schedule, state, time);
      if (due) runDue(schedule, due, time);
      states.set(schedule.id, { ...state, checked: time });
      if (due) save();
    }
  }

  function runDue(schedule: Schedule, due: Date, time: Date): void {
    if (time.getTime() - due.getTime() > LATE_MS) {
      print(`Running the missed schedule of ${due.toISOString().slice(0, 16)}Z: ${schedule.description}`);
    }
    run(schedule, due);
  }

  function run(schedule: Schedule, scheduledAt: Date): void {
    const body = scheduledInput(schedule.input, scheduledAt);
    deliver(schedule.target, { body }, schedule.retries, context)
      .then((failure) => {
        if (!failure || context.stopping()) return;
        const attributes = { SCHEDULE_ARN: schedule.arn, TARGET_ARN: schedule.target.arn };
        schedule.deadLetterQueue.accept({
          body,
          attributes: { ...attributes, EXECUTION_ID: randomUUID(), ...deadLetterAttributes(failure) },
        });
        report(`The schedule ${schedule.id} could not invoke ${schedule.target.arn}: ${failure.message}`);
      })
      .catch((error: unknown) => report(`The schedule ${schedule.id} failed: ${String(error)}`));
  }

  return {
    tick,
    run(which, time) {
      const justBefore = new Date(time.getTime() - 1);
      const wanted = schedules.filter(({ expression }) =>
        which === 'rate'
          ? expression.isRate
          : !expression.isRate && expression.next(justBefore, time)?.getTime() === time.getTime(),
      );
      for (const schedule of wanted) run(schedule, time);
    },
    nextCron(after) {
      const others = schedules.filter(({ expression }) => !expression.isRate);
      const times = others.flatMap(({ expression }) => expression.next(after, after)?.getTime() ?? []);
      return times.length === 0 ? undefined : new Date(Math.min(...times));
    },
    nextRuns: (time) =>
      schedules.flatMap((schedule) => {
        const state = states.get(schedule.id);
        const at = state && nextDue(schedule, state, time);
        return at ? [{ schedule, at }] : [];
      }),
  };
}

/** After a restart only rate schedules catch up: Monday's review is useless on Wednesday. */
function stateAtStart({ id, expression }: Schedule, before: Record<string, State>, now: Date): State {
  const known = before[id];
  if (known?.expression !== expression.text)
    return { expression: expression.text, firstSeen: now, checked: now };
  return expression.isRate ? known : { ...known, checked: now };
}

function nextDue({ expression }: Schedule, { firstSeen }: State, after: Date): Date | undefined {
  return expression.next(after, firstSeen);
}

/** The last due time after the last check and not after now. */
function lastDue(schedule: Schedule, state: State, now: Date): Date | undefined {
  let last: Date | undefined;
  let next = nextDue(schedule, state, state.checked);
  while (next && next <= now) {
    last = next;
    next = nextDue(schedule, state, next);
  }
  return last;
}

/** Detects within this time that the machine was asleep. */
const CHECK_EVERY_MS = 30_000;

/** Runs the schedules by the clock of the machine. @returns a function that stops it */
export function byTheClock({ tick, nextRuns }: Scheduler): () => void {
  let timer: NodeJS.Timeout | undefined;
  const check = () => {
    const now = new Date();
    tick(now);
    const next = Math.min(...nextRuns(now).map(({ at }) => at.getTime() - now.getTime()));
    if (next !== Number.POSITIVE_INFINITY) timer = setTimeout(check, Math.min(CHECK_EVERY_MS, next));
  };
  check();
  return () => clearTimeout(timer);
}
