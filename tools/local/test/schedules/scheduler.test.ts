import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scheduleExpression } from '../../schedules/schedule-expression.ts';
import { scheduler } from '../../schedules/scheduler.ts';
import { readSchedules, type Schedule } from '../../schedules/schedules.ts';
import { openTemplate } from '../../template/template.ts';
import { destinations, MessageRejected } from '../../topics-and-queues/destinations.ts';
import { type TestDestination, testClock, testDestination } from '../fixtures/delivery.ts';

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
    target,
    input,
    retries: { attempts: 1, ageMs: 86_400_000 },
    deadLetterQueue: letters,
    ...further,
  };
}

function run(schedules: Schedule[], now: Date) {
  const print = (line: string) => printed.push(line);
  const report = (line: string) => reported.push(line);
  return scheduler(schedules, now, {
    file: join(folder, 'schedules.json'),
    context: testClock(),
    print,
    report,
  });
}

const ran = () => target.messages.map(({ body }) => JSON.parse(body).time.slice(11));

describe('the scheduler', () => {
  it('runs a due schedule once, with its scheduled time', () => {
    const clock = run([schedule('rate(15 minutes)')], start);
    for (const minutes of [0, 1, 14.99, 15, 15.01, 29.9]) clock.tick(at(minutes));
    expect(ran()).toEqual(['12:15:00Z']);
    clock.tick(at(31));
    expect(ran()).toEqual(['12:15:00Z', '12:30:00Z']);
  });

  it('runs once for the times missed while the machine slept', () => {
    const clock = run([schedule('rate(15 minutes)')], start);
    clock.tick(at(100));
    expect(ran()).toEqual(['13:30:00Z']);
    expect(printed).toEqual(['Running the missed schedule of 2026-05-01T13:30Z: look']);
  });

  it('after a restart runs a missed rate, but not a missed cron schedule', () => {
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

  it('restarts the interval when the expression has changed', () => {
    run([schedule('rate(15 minutes)')], start).tick(at(16));
    const clock = run([schedule('rate(10 minutes)')], at(20));
    clock.tick(at(29));
    expect(ran()).toEqual(['12:15:00Z']);
    clock.tick(at(30));
    expect(ran()).toEqual(['12:15:00Z', '12:30:00Z']);
  });

  it('runs all rates now', () => {
    const clock = run(
      [schedule('rate(15 minutes)'), schedule('cron(0 13 * * ? *)', { id: 'Calendar' })],
      start,
    );
    clock.run('rate', at(3));
    expect(ran()).toEqual(['12:03:00Z']);
  });

  it('runs the others on request if they are due, and knows when the next is', () => {
    const daily = schedule('cron(0 13 * * ? *)', { id: 'Daily' });
    const weekly = schedule('cron(30 9 ? * MON *)', { id: 'Weekly' });
    const clock = run([schedule('rate(15 minutes)'), daily, weekly], start);
    clock.run('cron', at(59));
    clock.run('cron', at(60));
    expect(ran()).toEqual(['13:00:00Z']);
    expect(clock.nextCron(start)).toEqual(at(60));
    expect(clock.nextCron(at(60))).toEqual(at(60 + 1440));
    // Monday, 4 May 2026.
    expect(clock.nextCron(new Date('2026-05-03T13:00:00Z'))).toEqual(new Date('2026-05-04T09:30:00Z'));
    expect(run([schedule('rate(15 minutes)')], start).nextCron(start)).toBeUndefined();
  });

  it('sends an input that the target rejects to the dead-letter queue, and reports it', async () => {
    target = testDestination('arn:target', () => new MessageRejected('Gone', 'it is gone'));
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
    expect(reported).toEqual(['The schedule Regular could not invoke arn:target: it is gone']);
  });
});

describe('schedules of a template', () => {
  const Target = {
    Arn: 'arn:target',
    RoleArn: 'arn:role',
    Input: input,
    RetryPolicy: { MaximumRetryAttempts: 10, MaximumEventAgeInSeconds: 900 },
    DeadLetterConfig: { Arn: 'arn:letters' },
  };
  const properties = {
    Description: 'look',
    ScheduleExpression: 'cron(0 9 ? * MON *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    FlexibleTimeWindow: { Mode: 'OFF' },
    GroupName: 'group',
    State: 'ENABLED',
    Target,
  };

  function read(further: object = {}) {
    const known = destinations();
    known.add(target);
    known.add(letters);
    const Weekly = { Type: 'AWS::Scheduler::Schedule', Properties: { ...properties, ...further } };
    return readSchedules(openTemplate({ template: { Resources: { Weekly } }, assets: new Map() }), known);
  }

  it('are read', () => {
    expect(read()).toMatchObject([
      {
        id: 'Weekly',
        arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/group/Weekly',
        timeZone: 'Europe/Berlin',
        input,
        retries: { attempts: 10, ageMs: 900_000 },
      },
    ]);
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown target',
      { Target: { ...Target, Arn: 'arn:aws:states:::machine' } },
      /Weekly sends to arn:aws:states/,
    ],
    [
      'a start date',
      { StartDate: '2026-05-01T00:00:00Z' },
      /Weekly of the template \(StartDate: unsupported/,
    ],
    ['a flexible time window', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, /FlexibleTimeWindow\.Mode/],
    ['a disabled schedule', { State: 'DISABLED' }, /State/],
    ['another kind of target', { Target: { ...Target, EcsParameters: {} } }, /"EcsParameters"/],
    [
      'another name in the input',
      { Target: { ...Target, Input: '<aws.scheduler.moon>' } },
      /<aws\.scheduler\.moon>/,
    ],
  ])('are refused with %s', (_, further, message) => {
    expect(() => read(further)).toThrow(message);
  });
});
