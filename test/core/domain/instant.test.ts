import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { earliest, later, latest, parseInstant } from '../../../core/domain/instant.ts';
import { holdsFor } from '../../property.ts';

const MINUTE = 60_000;

describe('reading a date-time', () => {
  test.each([
    ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000000Z'],
    ['2026-01-31 08:00:00', '2026-01-31T08:00:00.000000Z'],
    ['2026-01-31T08:00:00z', '2026-01-31T08:00:00.000000Z'],
    ['2026-01-31T08:00:00+00:00', '2026-01-31T08:00:00.000000Z'],
    ['2026-01-31 08:00:00+0000', '2026-01-31T08:00:00.000000Z'],
    ['2026-01-31T08:00:00+00', '2026-01-31T08:00:00.000000Z'],
    ['2026-01-31T08:00:00-00:00', '2026-01-31T08:00:00.000000Z'],
    ['2026-01-31T08:00:00.1Z', '2026-01-31T08:00:00.100000Z'],
    ['2026-01-31T08:00:00.123456', '2026-01-31T08:00:00.123456Z'],
    ['2026-01-31T08:00:00.123456789Z', '2026-01-31T08:00:00.123456Z'],
    ['2026-01-31T08:00:00.999999999Z', '2026-01-31T08:00:00.999999Z'],
    ['2026-01-31T23:30:00.5-05:00', '2026-02-01T04:30:00.500000Z'],
    ['2026-01-01T03:00:00+05:30', '2025-12-31T21:30:00.000000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000Z'],
    ['2000-02-29T12:00:00Z', '2000-02-29T12:00:00.000000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ])('%s is %s', (spelling, instant) => {
    expect(parseInstant(spelling)).toBe(instant);
  });

  test.each([
    ['February 30', '2026-02-30T00:00:00Z'],
    ['February 29 in a common year', '2026-02-29T00:00:00Z'],
    ['February 29 in a common century', '1900-02-29T00:00:00Z'],
    ['April 31', '2026-04-31T00:00:00Z'],
    ['month 0', '2026-00-10T00:00:00Z'],
    ['month 13', '2026-13-10T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['24 hours', '2026-01-31T24:00:00Z'],
    ['60 minutes', '2026-01-31T08:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['an offset of 24 hours', '2026-01-31T08:00:00+24:00'],
    ['an offset of 60 minutes', '2026-01-31T08:00:00+01:60'],
    ['a year that the offset moves past 9999', '9999-12-31T23:30:00-01:00'],
    ['a year that the offset moves below 0', '0000-01-01T00:30:00+01:00'],
    ['a year of five digits', '12026-01-31T08:00:00Z'],
    ['a signed year', '+002026-01-31T08:00:00Z'],
    ['ten digits of fraction', '2026-01-31T08:00:00.1234567890Z'],
    ['a decimal point without digits', '2026-01-31T08:00:00.Z'],
    ['no seconds', '2026-01-31T08:00Z'],
    ['a date', '2026-01-31'],
    ['a space before', ' 2026-01-31T08:00:00Z'],
    ['a trailing line break', '2026-01-31T08:00:00Z\n'],
    ['two separators', '2026-01-31T 08:00:00Z'],
    ['a named zone', '2026-01-31T08:00:00 CET'],
    ['two zones', '2026-01-31T08:00:00Z+00:00'],
    ['digits of another script', '２０２６-01-31T08:00:00Z'],
    ['nothing', ''],
    ['seconds since 1970', '1769846400'],
  ])('%s is not a date-time', (_, text) => {
    expect(parseInstant(text)).toBeNull();
  });

  test('every spelling and offset of a time gives the same instant', () => {
    const spelling = fc.record({
      date: fc.date({
        min: new Date('0001-01-03T00:00:00Z'),
        max: new Date('9999-12-28T00:00:00Z'),
        noInvalidDate: true,
      }),
      offset: fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 }),
      separator: fc.constantFrom('T', ' '),
      zone: fc.constantFrom('hh:mm', 'hhmm'),
      beyondMilliseconds: fc.stringMatching(/^[0-9]{0,6}$/),
    });
    holdsFor(
      fc.property(spelling, ({ date, offset, separator, zone, beyondMilliseconds }) => {
        const local = new Date(date.getTime() + offset * MINUTE).toISOString();
        const minutes = Math.abs(offset);
        const [hh, mm] = [Math.floor(minutes / 60), minutes % 60].map((n) => String(n).padStart(2, '0'));
        const suffix = `${offset < 0 ? '-' : '+'}${hh}${zone === 'hh:mm' ? ':' : ''}${mm}`;
        const written = `${local.slice(0, 10)}${separator}${local.slice(11, 23)}${beyondMilliseconds}${suffix}`;
        const microseconds = beyondMilliseconds.slice(0, 3).padEnd(3, '0');
        expect(parseInstant(written)).toBe(`${date.toISOString().slice(0, 23)}${microseconds}Z`);
      }),
    );
  });

  test('never throws, and reads its own result as the same instant', () => {
    const likely = fc
      .tuple(
        fc.stringMatching(/^[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]$/),
        fc.constantFrom('', '.1', '.123456', ',5', '.'),
        fc.constantFrom('', 'Z', '+01', '-2359', '+99:99', 'UTC'),
      )
      .map((parts) => parts.join(''));
    holdsFor(
      fc.property(fc.oneof(likely, fc.string()), (text) => {
        const read = parseInstant(text);
        if (read === null) return;
        expect(read).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/);
        expect(parseInstant(read)).toBe(read);
      }),
    );
  });

  test('text order is time order', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    holdsFor(
      fc.property(date, date, (a, b) => {
        const [left, right] = [parseInstant(a.toISOString()) ?? '', parseInstant(b.toISOString()) ?? ''];
        expect(left < right).toBe(a.getTime() < b.getTime());
      }),
    );
  });
});

describe('moving an instant', () => {
  test('keeps its microseconds, and crosses days, leap days and years', () => {
    expect(later('2026-01-31T08:00:00.123456Z', 1)).toBe('2026-01-31T08:00:00.124456Z');
    expect(later('2026-01-31T23:59:59.999999Z', 1)).toBe('2026-02-01T00:00:00.000999Z');
    expect(later('2024-02-28T12:00:00.000001Z', 86_400_000)).toBe('2024-02-29T12:00:00.000001Z');
    expect(later('2025-12-31T23:30:00.000000Z', 3_600_000)).toBe('2026-01-01T00:30:00.000000Z');
    expect(later('2026-01-01T00:00:00.000000Z', -1)).toBe('2025-12-31T23:59:59.999000Z');
    expect(later('2026-01-01T00:00:00.000007Z', 0)).toBe('2026-01-01T00:00:00.000007Z');
  });

  test('stays within the supported years', () => {
    expect(later('9999-12-31T00:00:00.000000Z', 86_400_000)).toBe('9999-12-31T23:59:59.999999Z');
    expect(later('9999-12-31T23:59:59.999000Z', 0)).toBe('9999-12-31T23:59:59.999000Z');
    expect(later('0000-01-01T00:00:00.000001Z', -1)).toBe('0000-01-01T00:00:00.000000Z');
    expect(later('2026-01-01T00:00:00.000000Z', Number.MAX_SAFE_INTEGER)).toBe('9999-12-31T23:59:59.999999Z');
  });
});

describe('the latest and the earliest of several instants', () => {
  const [early, late] = ['2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000001Z'];

  test('ignore absent ones', () => {
    expect(latest([null, early, undefined, late, early])).toBe(late);
    expect(earliest([undefined, late, null, early, late])).toBe(early);
  });

  test('are null if there are none', () => {
    expect([latest([]), latest([null]), earliest([]), earliest([undefined])]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
