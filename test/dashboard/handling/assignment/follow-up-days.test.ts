/** Follow-ups are for days of the calendar where the reader is. */
import { expect, test } from 'vitest';
import { dayOf, followUpTime, isPossibleDay } from '../../../../dashboard/src/handling/follow-up-days.ts';

const local = (month: number, day: number, hour = 0) => new Date(2026, month - 1, day, hour);

test('a follow-up begins in the morning of its day', () => {
  expect(dayOf(local(3, 9, 23))).toBe('2026-03-09');
  expect(new Date(followUpTime('2026-03-09'))).toEqual(local(3, 9, 8));
});

test('the first possible day is tomorrow, whatever the hour, and the last one is three months away', () => {
  for (const hour of [0, 12, 23]) {
    const possible = (day: Date) => isPossibleDay(day, local(11, 24, hour).getTime());
    expect([local(11, 24, 23), local(11, 25), local(11, 25, 23)].map(possible)).toEqual([false, true, true]);
    expect([local(2, 21), local(2, 22)].map((day) => new Date(day.setFullYear(2027))).map(possible)).toEqual([
      true,
      false,
    ]);
  }
});
