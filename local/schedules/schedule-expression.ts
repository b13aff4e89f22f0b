import { Cron } from 'croner';
import { Problem } from '../problem.ts';

/** When a schedule of EventBridge Scheduler runs. */
export interface ScheduleExpression {
  text: string;
  /** Repeats at an interval, counted from when it was first known. */
  isRate: boolean;
  /**
   * The first time after `after`, or undefined if there is none any more.
   * @param anchor from where a rate is counted
   */
  next(after: Date, anchor: Date): Date | undefined;
}

const UNIT_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Reads `rate(15 minutes)`, `cron(0 9 ? * MON *)` or `at(2026-05-01T09:00:00)`. As in AWS a time that the clocks
 * skip in spring is skipped, and one that they repeat in autumn comes once; a day in a rate is 24 hours.
 * @param zone the name of a time zone, for cron and at
 * @throws Problem for what is none of these
 */
export function scheduleExpression(text: string, zone: string): ScheduleExpression {
  const [, kind = '', argument = ''] = /^(rate|cron|at)\((.*)\)$/.exec(text.trim()) ?? [];
  const read = readers[kind];
  if (!read) throw unreadable(text, 'it is none of rate(…), cron(…) and at(…)');
  if (!isTimeZone(zone)) throw unreadable(text, `${zone} is no time zone`);
  return { text, isRate: kind === 'rate', next: read(argument.trim(), zone, text) };
}

type Next = ScheduleExpression['next'];

const readers: Record<string, (argument: string, zone: string, text: string) => Next> = {
  rate(argument, _, text) {
    const [, amount, unit = ''] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(argument) ?? [];
    const interval = Number(amount) * (UNIT_MS[unit] ?? Number.NaN);
    if (Number.isNaN(interval)) throw unreadable(text, 'a rate is a number of minutes, hours or days');
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

  at(argument, zone, text) {
    const [, day, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)$/.exec(argument) ?? [];
    if (day === undefined) throw unreadable(text, 'a single time is written like at(2026-05-01T09:00:00)');
    const time = new Cron(`${day}T${clock}`, { timezone: zone, paused: true }).nextRun(new Date(0));
    if (!time) throw unreadable(text, 'there is no such time');
    return (after) => (time > after ? time : undefined);
  },
};

/** AWS's fields are minutes, hours, day of month, month, day of week (1 is Sunday) and year. */
function readCron(argument: string, zone: string, text: string): Cron {
  const fields = argument.split(/\s+/);
  if (fields.length !== 6) throw unreadable(text, 'cron has six fields');
  if ((fields[2] === '?') === (fields[4] === '?')) {
    throw unreadable(text, 'of the day of the month and the day of the week one has to be ?, and only one');
  }
  try {
    return new Cron(`0 ${fields.join(' ')}`, {
      timezone: zone,
      paused: true,
      mode: '7-part',
      alternativeWeekdays: true,
      sloppyRanges: true,
      fixedTimeRule: 'no-wildcard',
    });
  } catch (error) {
    throw unreadable(text, error instanceof Error ? error.message : String(error));
  }
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
}

function unreadable(text: string, why: string): Problem {
  return new Problem(`The local run cannot read the schedule expression ${text}: ${why}.`);
}
