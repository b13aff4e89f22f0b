import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';
import { type DeliveryPorts, deadLetterAttributes, deliver } from '../messaging/delivery.ts';
import { type Schedule, scheduledInput } from './schedules.ts';

export interface Scheduler {
  /**
   * Runs what has come due since it last looked. What came due several times meanwhile (the machine slept, nothing
   * ran) is run once, for the last time of them.
   */
  tick(now: Date): void;
  /** Runs the schedules with a rate now, whatever their time. */
  runRates(now: Date): void;
  /** When each runs next. */
  nextRuns(now: Date): { schedule: Schedule; at: Date }[];
}

export interface SchedulerOptions {
  /** Remembers when each schedule was first seen and last run. */
  file: string;
  ports: DeliveryPorts;
  /** For a person: what is made up for. */
  print(line: string): void;
  /** For a person: what could not be delivered. */
  report(line: string): void;
}

/** A run that is later than this is worth a word. */
const LATE_MS = 120_000;

const stateSchema = z.record(
  z.string(),
  z.object({ expression: z.string(), firstSeen: z.coerce.date(), seen: z.coerce.date() }),
);

type State = z.output<typeof stateSchema>[string];

/** Runs schedules by a clock that it is told. A schedule that is new, or has changed, counts from `now`. */
export function scheduler(
  schedules: Schedule[],
  now: Date,
  { file, ports, print, report }: SchedulerOptions,
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
      if (!state || state.seen >= time) continue;
      const due = lastDue(schedule, state, time);
      if (due) runLate(schedule, due, time);
      states.set(schedule.id, { ...state, seen: time });
      if (due) save();
    }
  }

  function runLate(schedule: Schedule, due: Date, time: Date): void {
    if (time.getTime() - due.getTime() > LATE_MS) {
      print(`Running now what was due at ${due.toISOString().slice(0, 16)}Z: ${schedule.description}`);
    }
    run(schedule, due);
  }

  function run(schedule: Schedule, scheduledAt: Date): void {
    const executionId = randomUUID();
    const body = scheduledInput(schedule.input, {
      scheduleArn: schedule.arn,
      scheduledAt,
      executionId,
      attempt: 1,
    });
    deliver(schedule.target, { body }, schedule.retries, ports)
      .then((failure) => {
        if (!failure || ports.stopping()) return;
        const attributes = { SCHEDULE_ARN: schedule.arn, TARGET_ARN: schedule.target.arn };
        schedule.deadLetters?.accept({
          body,
          attributes: { ...attributes, EXECUTION_ID: executionId, ...deadLetterAttributes(failure) },
        });
        report(`The schedule ${schedule.id} could not run ${schedule.target.arn}: ${failure.message}`);
      })
      .catch((error: unknown) => report(`The schedule ${schedule.id} is in trouble: ${String(error)}`));
  }

  return {
    tick,
    runRates(time) {
      for (const schedule of schedules.filter(({ expression }) => expression.isRate)) run(schedule, time);
    },
    nextRuns: (time) =>
      schedules.flatMap((schedule) => {
        const state = states.get(schedule.id);
        const at = state && nextDue(schedule, state, time);
        return at ? [{ schedule, at }] : [];
      }),
  };
}

/** Only a rate is made up for after a pause: a review that was missed on Monday is no news on Wednesday. */
function stateAtStart({ id, expression }: Schedule, before: Record<string, State>, now: Date): State {
  const known = before[id];
  if (known?.expression !== expression.text)
    return { expression: expression.text, firstSeen: now, seen: now };
  return expression.isRate ? known : { ...known, seen: now };
}

function nextDue({ expression, start, end }: Schedule, { firstSeen }: State, after: Date): Date | undefined {
  const notBegun = start !== undefined && start > after;
  // A rate with a beginning runs then for the first time.
  if (notBegun && expression.isRate) return start;
  const next = expression.next(notBegun ? new Date(start.getTime() - 1) : after, start ?? firstSeen);
  return next && end && next > end ? undefined : next;
}

/** The last time that is later than what was seen and not later than now. */
function lastDue(schedule: Schedule, state: State, now: Date): Date | undefined {
  let last: Date | undefined;
  let next = nextDue(schedule, state, state.seen);
  while (next && next <= now) {
    last = next;
    next = nextDue(schedule, state, next);
  }
  return last;
}

/** A machine that slept notices within this time. */
const LOOK_EVERY_MS = 30_000;

/** Lets the clock of the machine run the schedules. @returns how to stop it */
export function runByTheClock({ tick, nextRuns }: Scheduler): () => void {
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const now = new Date();
    tick(now);
    const next = Math.min(...nextRuns(now).map(({ at }) => at.getTime() - now.getTime()));
    if (next !== Number.POSITIVE_INFINITY) timer = setTimeout(look, Math.min(LOOK_EVERY_MS, next));
  };
  look();
  return () => clearTimeout(timer);
}
