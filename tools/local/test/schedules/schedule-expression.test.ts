import { describe, expect, it } from 'vitest';
import { scheduleExpression } from '../../schedules/schedule-expression.ts';

const anchor = new Date('2026-03-01T00:00:00Z');

/** The next times after `after`. */
function times(text: string, zone: string, after: string, count = 3): string[] {
  const { next } = scheduleExpression(text, zone);
  const found: string[] = [];
  for (let from: Date | undefined = new Date(after); from && found.length < count; ) {
    from = next(from, anchor);
    if (from) found.push(`${from.toISOString().slice(0, 19)}Z`);
  }
  return found;
}

it.each([
  ['rate(15 minutes)', '2026-03-01T00:00:00Z', '2026-03-01T00:15:00Z'],
  ['rate(15 minutes)', '2026-03-01T00:14:59.999Z', '2026-03-01T00:15:00Z'],
  ['rate(15 minutes)', '2026-03-01T00:15:00Z', '2026-03-01T00:30:00Z'],
  ['rate(1 hour)', '2026-03-01T05:59:00Z', '2026-03-01T06:00:00Z'],
  ['rate(1 minute)', '2026-02-01T00:00:00Z', '2026-03-01T00:01:00Z'],
])('%s after %s runs at %s', (text, after, expected) => {
  expect(times(text, 'UTC', after, 1)).toEqual([expected]);
});

describe('a cron expression', () => {
  it('keeps the local hour when daylight saving begins and ends', () => {
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

  it('skips a local time that does not exist', () => {
    expect(times('cron(0 2 * * ? *)', 'America/New_York', '2026-03-07T00:00:00Z')).toEqual([
      '2026-03-07T07:00:00Z',
      '2026-03-09T06:00:00Z',
      '2026-03-10T06:00:00Z',
    ]);
  });

  it('runs once at a local time that is repeated', () => {
    const twice = times('cron(0 1 * * ? *)', 'America/New_York', '2026-10-31T12:00:00Z', 2);
    expect(twice).toEqual(['2026-11-01T05:00:00Z', '2026-11-02T06:00:00Z']);
  });
});

it.each([
  ['at(2026-05-01T09:00:00)', 'UTC'],
  ['rate(0 minutes)', 'UTC'],
  ['rate(5 seconds)', 'UTC'],
  ['cron(0/20 8-9 ? * MON-FRI *)', 'UTC'],
  ['cron(60 9 ? * MON *)', 'UTC'],
  ['cron(0 9 ? * MON *)', 'Atlantis/Capital'],
])('refuses %s in %s', (text, zone) => {
  expect(() => scheduleExpression(text, zone)).toThrow(
    `The local run does not support the schedule expression ${text}: `,
  );
});
