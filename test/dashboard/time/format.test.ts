/** Relative times, whose days are those of the reader's calendar. */
import { expect, test } from 'vitest';
import { calendarDate } from '../../../dashboard/src/time/clock-time.ts';
import { relativeTime } from '../../../dashboard/src/time/format.ts';

/** A time of November 2026 where the reader is. */
const november = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();

test.each<[string, at: number, now: number]>([
  // 39 hours, on the day after tomorrow.
  ['in 2 days', november(26, 8), november(24, 17)],
  ['tomorrow', november(26, 18), november(25, 17)],
  ['in 23 hours', november(26, 16), november(25, 17)],
  ['in 2 days', november(27, 0, 30), november(25, 23, 30)],
  ['yesterday', november(24, 9), november(25, 10)],
  ['2 days ago', november(23, 23), november(25, 1)],
  ['in 40 minutes', november(26, 0, 10), november(25, 23, 30)],
  ['just now', november(25, 9), november(25, 9)],
])('%s', (text, at, now) => {
  expect(relativeTime(at, now)).toBe(text);
});

test('a follow-up shows its day, and its year if it is another', () => {
  expect(calendarDate(november(26, 8), november(24, 17))).toBe('Thu, Nov 26');
  expect(calendarDate(new Date(2027, 0, 4, 8).getTime(), november(24, 17))).toBe('Mon, Jan 4, 2027');
});
