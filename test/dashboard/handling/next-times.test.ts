import { expect, test } from 'vitest';
import { dayOf, proposed, whyImpossible } from '../../../dashboard/src/handling/next-times.ts';

/** A Friday on the clock of the machine. */
const now = new Date(2026, 2, 27, 14, 20).getTime();

test.each([
  ['none', ''],
  ['later', '2026-03-27T17:00'],
  ['tomorrow', '2026-03-28T08:00'],
  ['three_days', '2026-03-30T08:00'],
  ['time', '2026-03-28T08:00'],
] as const)('%s proposes %s', (next, field) => {
  expect(proposed(next, now)).toBe(field);
});

test.each([
  ['', 'Choose a day and a time.'],
  ['2026-03-27T14:20', 'Choose a time that is not over.'],
  ['2026-03-27T14:21', null],
  ['2026-06-24T08:00', null],
  ['2026-06-25T08:00', 'Choose a time within the next three months.'],
])('%s is refused with %s', (field, why) => {
  expect(whyImpossible(field, now)).toBe(why);
});

test('a day is that of the reader’s clock', () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
});
