import { describe, expect, it } from 'vitest';
import { scheduleExpression } from '../../../local/schedules/schedule-expression.ts';

const anchor = new Date('2026-03-01T00:00:00Z');

/** The next times from `after` on. */
function times(text: string, zone: string, after: string, count = 3): string[] {
  const { next } = scheduleExpression(text, zone);
  const found: string[] = [];
  for (let from: Date | undefined = new Date(after); from && found.length < count; ) {
    from = next(from, anchor);
    if (from) found.push(`${from.toISOString().slice(0, 19)}Z`);
  }
  return found;
}

describe('a rate', () => {
  it.each([
    ['rate(15 minutes)', '2026-03-01T00:00:00Z', '2026-03-01T00:15:00Z'],
    ['rate(15 minutes)', '2026-03-01T00:14:59.999Z', '2026-03-01T00:15:00Z'],
    ['rate(15 minutes)', '2026-03-01T00:15:00Z', '2026-03-01T00:30:00Z'],
    ['rate(1 hour)', '2026-03-01T05:59:00Z', '2026-03-01T06:00:00Z'],
    ['rate(1 minute)', '2026-02-01T00:00:00Z', '2026-03-01T00:01:00Z'],
  ])('%s after %s runs at %s', (text, after, expected) => {
    expect(times(text, 'UTC', after, 1)).toEqual([expected]);
  });

  it('of days is one of 24 hours, also where the clocks change', () => {
    expect(times('rate(1 day)', 'America/New_York', '2026-03-07T00:00:00Z')).toEqual([
      '2026-03-08T00:00:00Z',
      '2026-03-09T00:00:00Z',
      '2026-03-10T00:00:00Z',
    ]);
  });
});

describe('a cron expression', () => {
  it('keeps to the hour of its zone when the clocks change', () => {
    expect(times('cron(0 9 ? * MON *)', 'America/New_York', '2026-03-01T00:00:00Z')).toEqual([
      '2026-03-02T14:00:00Z',
      '2026-03-09T13:00:00Z',
      '2026-03-16T13:00:00Z',
    ]);
    expect(times('cron(0 9 * * ? *)', 'Europe/Berlin', '2026-10-24T00:00:00Z')).toEqual([
      '2026-10-24T07:00:00Z',
      '2026-10-25T08:00:00Z',
      '2026-10-26T08:00:00Z',
    ]);
  });

  it('passes over a time that the clocks skip', () => {
    expect(times('cron(30 2 * * ? *)', 'America/New_York', '2026-03-07T00:00:00Z')).toEqual([
      '2026-03-07T07:30:00Z',
      '2026-03-09T06:30:00Z',
      '2026-03-10T06:30:00Z',
    ]);
  });

  it('runs once at a time that the clocks repeat', () => {
    const twice = times('cron(30 1 * * ? *)', 'America/New_York', '2026-10-31T12:00:00Z', 2);
    expect(twice).toEqual(['2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z']);
  });

  it.each([
    [
      'cron(0/20 8-9 ? * MON-FRI *)',
      '2026-05-01T08:30:00Z',
      ['2026-05-01T08:40:00Z', '2026-05-01T09:00:00Z'],
    ],
    ['cron(0 12 ? * 2 *)', '2026-05-01T00:00:00Z', ['2026-05-04T12:00:00Z', '2026-05-11T12:00:00Z']],
    ['cron(0 12 ? * 6L *)', '2026-05-01T00:00:00Z', ['2026-05-29T12:00:00Z', '2026-06-26T12:00:00Z']],
    ['cron(0 12 ? * 2#1 *)', '2026-05-01T00:00:00Z', ['2026-05-04T12:00:00Z', '2026-06-01T12:00:00Z']],
    ['cron(0 12 L * ? *)', '2028-02-01T00:00:00Z', ['2028-02-29T12:00:00Z', '2028-03-31T12:00:00Z']],
    ['cron(0 12 29 2 ? *)', '2026-05-01T00:00:00Z', ['2028-02-29T12:00:00Z', '2032-02-29T12:00:00Z']],
    ['cron(0 12 1 1 ? 2027)', '2026-05-01T00:00:00Z', ['2027-01-01T12:00:00Z']],
  ])('%s after %s runs at %j', (text, after, expected) => {
    expect(times(text, 'UTC', after, 2)).toEqual(expected);
  });
});

describe('a single time', () => {
  it('is one of its zone, and comes once', () => {
    const text = 'at(2026-07-01T09:00:00)';
    expect(times(text, 'Europe/Berlin', '2026-05-01T00:00:00Z')).toEqual(['2026-07-01T07:00:00Z']);
    expect(times(text, 'Europe/Berlin', '2026-07-01T06:59:59.999Z')).toEqual(['2026-07-01T07:00:00Z']);
    expect(times(text, 'Europe/Berlin', '2026-07-01T07:00:00Z')).toEqual([]);
  });
});

it.each([
  ['every day', 'UTC'],
  ['rate(0 minutes)', 'UTC'],
  ['rate(5 seconds)', 'UTC'],
  ['rate(PT5M)', 'UTC'],
  ['cron(0 9 * * *)', 'UTC'],
  ['cron(0 9 * * * *)', 'UTC'],
  ['cron(0 9 ? * ? *)', 'UTC'],
  ['cron(60 9 ? * MON *)', 'UTC'],
  ['cron(0 9 ? * MON *)', 'Atlantis/Capital'],
  ['at(tomorrow)', 'UTC'],
])('%s in %s is refused with its text', (text, zone) => {
  expect(() => scheduleExpression(text, zone)).toThrow(`cannot read the schedule expression ${text}: `);
});
