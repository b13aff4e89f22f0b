/** How long a critical result has been open, against the limit. */
import { expect, test } from 'vitest';
import { noticeText } from '../../../dashboard/src/results/critical-notice.ts';
import { openTimeText } from '../../../dashboard/src/results/critical-open-time.ts';

const OPENED = '2026-03-20T08:00:00Z';
const after = (minutes: number) =>
  openTimeText(OPENED, { overdue_after_seconds: 3_600 }, Date.parse(OPENED) + minutes * 60_000);

test.each([
  [-1, 'open for under a minute', false],
  [59, 'open for 59 minutes', false],
  [60, 'open for 1 hour, under a minute over the limit', true],
  [190, 'open for 3 hours, 2 hours over the limit', true],
])('after %i minutes it says %j', (minutes, text, overdue) => {
  expect(after(minutes)).toEqual({ text, overdue });
});

test.each([
  ['phone', true, 'Told Dr. Lee by phone, read back'],
  ['in_person', false, 'Told Dr. Lee in person, not read back'],
  ['message', false, 'Told Dr. Lee by message'],
] as const)('a notice by %s says who was told and whether it was read back', (channel, read_back, text) => {
  expect(noticeText({ told: 'Dr. Lee', channel, read_back })).toBe(text);
});
