/** The end of a day, checked against the calendar of each zone and independent of the product. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../../core/domain/time-zone.ts';
import { holdsFor } from '../../property.ts';

const QUARTER = 900_000;
const HOUR = 4 * QUARTER;

const calendars = new Map<string, Intl.DateTimeFormat>();

/** The date that a calendar in the zone shows. Swedish dates have the same form as ours. */
function dateIn(zone: string, at: number): string {
  const calendar = calendars.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone });
  calendars.set(zone, calendar);
  return calendar.format(at);
}

const anyDay = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));

/** Whether a day is over at a moment, and was not two hours before. */
function expectOver(day: string, zone: string): void {
  const end = Date.parse(endOfDay(day, zone));
  for (let at = end; at < end + 30 * HOUR; at += QUARTER) expect(dateIn(zone, at) > day).toBe(true);
  expect(dateIn(zone, end - 2 * HOUR) <= day).toBe(true);
}

test('a day that has ended is over in every zone, and two hours before it was not', () => {
  holdsFor(
    fc.property(anyDay, anyZone, (day, zone) => expectOver(day, zone)),
    { numRuns: 500 },
  );
});

test('this holds on every day of two years in every zone of the United States', () => {
  const zones = ['America/New_York', 'America/Chicago', 'America/Phoenix', 'America/Los_Angeles'];
  for (const zone of [...zones, 'America/Adak', 'Pacific/Honolulu', 'Pacific/Guam']) {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 24 * HOUR) {
      const day = new Date(at).toISOString().slice(0, 10);
      const end = Date.parse(endOfDay(day, zone));
      expect([dateIn(zone, end - 1), dateIn(zone, end) > day]).toEqual([day, true]);
    }
  }
});

describe('a day ends', () => {
  test.each([
    ['at midnight in winter', '2026-01-14', 'America/Los_Angeles', '2026-01-15T08:00:00.000000Z'],
    ['at midnight in summer', '2026-07-14', 'America/Los_Angeles', '2026-07-15T07:00:00.000000Z'],
    ['before the clocks go forward', '2026-03-07', 'America/Los_Angeles', '2026-03-08T08:00:00.000000Z'],
    ['on the day they go forward', '2026-03-08', 'America/Los_Angeles', '2026-03-09T07:00:00.000000Z'],
    ['before the clocks go back', '2026-10-31', 'America/Los_Angeles', '2026-11-01T07:00:00.000000Z'],
    ['on the day they go back', '2026-11-01', 'America/Los_Angeles', '2026-11-02T08:00:00.000000Z'],
    ['in UTC', '2026-03-14', 'UTC', '2026-03-15T00:00:00.000000Z'],
    ['at a quarter of an hour', '2026-03-14', 'Asia/Kathmandu', '2026-03-14T18:15:00.000000Z'],
    ['on a leap day', '2028-02-29', 'America/New_York', '2028-03-01T05:00:00.000000Z'],
    ['with the year', '2026-12-31', 'Pacific/Honolulu', '2027-01-01T10:00:00.000000Z'],
    ['if midnight does not exist', '2026-03-07', 'America/Havana', '2026-03-08T05:00:00.000000Z'],
    ['at the second midnight of that day', '2026-10-31', 'America/Havana', '2026-11-01T05:00:00.000000Z'],
    [
      'if the clocks are set back over midnight',
      '2010-11-06',
      'America/St_Johns',
      '2010-11-07T03:30:00.000000Z',
    ],
    ['if the next day does not exist', '2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00.000000Z'],
    ['even if that day does not exist', '2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000000Z'],
    ['at the end of the supported years', '9999-12-31', 'America/Los_Angeles', '9999-12-31T23:59:59.999999Z'],
    ['at the beginning of the supported years', '0000-01-01', 'UTC', '0000-01-02T00:00:00.000000Z'],
  ])('%s', (_, day, zone, end) => {
    expect(endOfDay(day, zone)).toBe(end);
  });
});

test('an unknown zone is refused', () => {
  expect(() => endOfDay('2026-03-14', 'America/Atlantis')).toThrow(RangeError);
});
