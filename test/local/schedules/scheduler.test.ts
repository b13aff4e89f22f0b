import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { retryPolicy } from '../../../local/messaging/delivery.ts';
import { destinations, Refused } from '../../../local/messaging/destinations.ts';
import { scheduleExpression } from '../../../local/schedules/schedule-expression.ts';
import { scheduler } from '../../../local/schedules/scheduler.ts';
import { readSchedules, type Schedule, scheduledInput } from '../../../local/schedules/schedules.ts';
import { openTemplate } from '../../../local/template/template.ts';
import { type TestDestination, testClock, testDestination } from '../fixtures/ports.ts';

const start = new Date('2026-05-01T12:00:00Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const input = '{"time":"<aws.scheduler.scheduled-time>"}';

let folder: string;
let target: TestDestination;
let letters: TestDestination;
let printed: string[];
let reported: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-schedules-'));
  target = testDestination('arn:target');
  letters = testDestination('arn:letters');
  printed = [];
  reported = [];
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function schedule(text: string, further: Partial<Schedule> = {}): Schedule {
  return {
    id: 'Regular',
    arn: 'arn:schedule',
    description: 'look',
    expression: scheduleExpression(text, 'UTC'),
    timeZone: 'UTC',
    start: undefined,
    end: undefined,
    target,
    input,
    retries: retryPolicy({ MaximumRetryAttempts: 1 }),
    deadLetters: letters,
    ...further,
  };
}

function run(schedules: Schedule[], now: Date) {
  const print = (line: string) => printed.push(line);
  const report = (line: string) => reported.push(line);
  return scheduler(schedules, now, {
    file: join(folder, 'schedules.json'),
    ports: testClock(),
    print,
    report,
  });
}

const ran = () => target.messages.map(({ body }) => JSON.parse(body).time.slice(11));

describe('the scheduler', () => {
  it('runs what is due, once, with the time it was due at', () => {
    const clock = run([schedule('rate(15 minutes)')], start);
    for (const minutes of [0, 1, 14.99, 15, 15.01, 29.9]) clock.tick(at(minutes));
    expect(ran()).toEqual(['12:15:00Z']);
    clock.tick(at(31));
    expect(ran()).toEqual(['12:15:00Z', '12:30:00Z']);
  });

  it('makes up once for what came due while the machine slept', () => {
    const clock = run([schedule('rate(15 minutes)')], start);
    clock.tick(at(100));
    expect(ran()).toEqual(['13:30:00Z']);
    expect(printed).toEqual(['Running now what was due at 2026-05-01T13:30Z: look']);
  });

  it('goes on after a restart, with a rate that came due meanwhile, but not with a calendar', () => {
    const both = () => [schedule('rate(15 minutes)'), schedule('cron(0 13 * * ? *)', { id: 'Calendar' })];
    run(both(), start).tick(at(16));
    const soon = run(both(), at(20));
    soon.tick(at(20));
    expect(ran()).toEqual(['12:15:00Z']);
    const late = run(both(), at(130));
    late.tick(at(130));
    expect(ran()).toEqual(['12:15:00Z', '14:00:00Z']);
    expect(late.nextRuns(at(130)).map((next) => next.at.toISOString())).toEqual([
      '2026-05-01T14:15:00.000Z',
      '2026-05-02T13:00:00.000Z',
    ]);
  });

  it('counts anew when the expression has changed', () => {
    run([schedule('rate(15 minutes)')], start).tick(at(16));
    const clock = run([schedule('rate(10 minutes)')], at(20));
    clock.tick(at(29));
    expect(ran()).toEqual(['12:15:00Z']);
    clock.tick(at(30));
    expect(ran()).toEqual(['12:15:00Z', '12:30:00Z']);
  });

  it('runs rates now when told to', () => {
    const clock = run(
      [schedule('rate(15 minutes)'), schedule('cron(0 13 * * ? *)', { id: 'Calendar' })],
      start,
    );
    clock.runRates(at(3));
    expect(ran()).toEqual(['12:03:00Z']);
  });

  it('keeps to the beginning and the end of a schedule', () => {
    const clock = run([schedule('rate(15 minutes)', { start: at(20), end: at(40) })], start);
    for (let minutes = 0; minutes < 90; minutes += 1) clock.tick(at(minutes));
    expect(ran()).toEqual(['12:20:00Z', '12:35:00Z']);
  });

  it('keeps what its target does not take, and says so', async () => {
    target = testDestination('arn:target', () => new Refused('Gone', 'it is gone'));
    run([schedule('rate(15 minutes)')], start).tick(at(15));
    await expect.poll(() => letters.messages).toHaveLength(1);
    expect(letters.messages).toEqual([
      {
        body: '{"time":"2026-05-01T12:15:00Z"}',
        attributes: {
          SCHEDULE_ARN: 'arn:schedule',
          TARGET_ARN: 'arn:target',
          EXECUTION_ID: expect.any(String),
          ERROR_CODE: 'Gone',
          ERROR_MESSAGE: 'it is gone',
          RETRY_ATTEMPTS: '0',
        },
      },
    ]);
    expect(reported).toEqual(['The schedule Regular could not run arn:target: it is gone']);
  });
});

describe('schedules of a template', () => {
  const properties = {
    ScheduleExpression: 'cron(0 9 ? * MON *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    GroupName: 'group',
    Target: { Arn: 'arn:target', Input: input, RetryPolicy: { MaximumEventAgeInSeconds: 900 } },
  };

  function read(further: object = {}) {
    const known = destinations();
    known.add(target);
    const Weekly = { Type: 'AWS::Scheduler::Schedule', Properties: { ...properties, ...further } };
    return readSchedules(openTemplate({ template: { Resources: { Weekly } }, assets: new Map() }), known);
  }

  it('are read with all that matters', () => {
    expect(read()).toMatchObject([
      {
        id: 'Weekly',
        arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/group/Weekly',
        timeZone: 'Europe/Berlin',
        input,
        retries: { attempts: 185, ageMs: 900_000 },
        deadLetters: undefined,
      },
    ]);
  });

  it('are left out when disabled, and refused when their target is not there', () => {
    expect(read({ State: 'DISABLED' })).toEqual([]);
    expect(() => read({ Target: { Arn: 'arn:aws:states:::machine' } })).toThrow(
      /schedule Weekly sends to arn:aws:states:::machine, which the local run does not have/,
    );
  });

  it('replace the names of their context, and no other', () => {
    const text =
      '<aws.scheduler.schedule-arn> <aws.scheduler.scheduled-time> <aws.scheduler.execution-id> <aws.scheduler.attempt-number> <aws.scheduler.moon> <b>';
    const context = { scheduleArn: 'arn:s', scheduledAt: start, executionId: 'x', attempt: 1 };
    expect(scheduledInput(text, context)).toBe('arn:s 2026-05-01T12:00:00Z x 1 <aws.scheduler.moon> <b>');
  });
});
