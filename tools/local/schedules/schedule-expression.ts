import { Cron } from 'croner';
import { Problem } from '../../../lib/problems/problem.ts';

/** When a schedule of EventBridge Scheduler runs. */
export interface ScheduleExpression {
  text: string;
  /** Runs at an interval, counted from when the schedule was first seen. */
  isRate: boolean;
  /**
   * The first time after `after`.
   * @param anchor start of the first interval of a rate
   */
  next(after: Date, anchor: Date): Date | undefined;
}

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(15 minutes)` or `cron(0 9 ? * MON *)`. As in AWS, a local time that daylight saving skips is skipped, and
 * one that it repeats runs once.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @param zone the name of the time zone of a cron expression
 * @throws Problem for any other expression
 */
export function scheduleExpression(text: string, zone: string): ScheduleExpression {
  const [, kind = '', argument = ''] = /^(rate|cron)\((.*)\)$/.exec(text) ?? [];
  const read = readers[kind];
  if (!read) throw unsupported(text, 'it is neither rate(…) nor cron(…)');
  return { text, isRate: kind === 'rate', next: read(argument, zone, text) };
}

type Next = ScheduleExpression['next'];

const readers: Record<string, (argument: string, zone: string, text: string) => Next> = {
  rate(argument, _, text) {
    const [, amount, unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(argument) ?? [];
    const interval = Number(amount) * (UNIT_MS[unit] ?? Number.NaN);
    if (Number.isNaN(interval)) throw unsupported(text, 'a rate is a number of minutes, hours or days');
    return (after, anchor) => {
      const passed = Math.floor((after.getTime() - anchor.getTime()) / interval);
      return new Date(anchor.getTime() + Math.max(1, passed + 1) * interval);
    };
  },

  cron(argument, zone, text) {
    const cron = readCron(argument, zone, text);
    return (after) => {
      let next = cron.nextRun(after);
      // The library moves a time that does not exist to the end of the gap.
      while (next && !cron.match(next)) next = cron.nextRun(next);
      return next ?? undefined;
    };
  },
};

/** A minute, an hour, and a day of the week or every day: `0 9 ? * MON *`, `0 9 * * ? *`. */
const CRON = /^\d{1,2} \d{1,2} (?:\? \* [A-Z]{3}|\* \* \?) \*$/;

function readCron(fields: string, zone: string, text: string): Cron {
  if (!CRON.test(fields))
    throw unsupported(text, 'a cron expression has a time, and one day of the week or none');
  try {
    // Throws for an unknown time zone; the library does not.
    Intl.DateTimeFormat('en', { timeZone: zone });
    return new Cron(`0 ${fields}`, {
      timezone: zone,
      paused: true,
      mode: '7-part',
      fixedTimeRule: 'no-wildcard',
    });
  } catch (error) {
    throw unsupported(text, error instanceof Error ? error.message : String(error));
  }
}

function unsupported(text: string, reason: string): Problem {
  return new Problem(`The local run does not support the schedule expression ${text}: ${reason}.`);
}
