import { expect, test } from 'vitest';
import { webhooksKnown } from '../../../dashboard/src/components/webhooks-known.ts';

const HOUR = 3_600_000;
const newest = '2026-03-10T08:00:00.000000Z';
const arrivals = { newest, silenceHours: 72, kindArrived: true };
const at = (hours: number) => Date.parse(newest) + hours * HOUR;

test.each([
  ['no webhook has ever arrived', { newest: null }, 0, 'none'],
  ['webhooks arrive', {}, 72, 'arriving'],
  ['none has for longer than the alarm waits', {}, 72.1, 'silent'],
  ['none has, and no alarm waits', { silenceHours: undefined }, 1_000, 'arriving'],
  ['none of its kind has ever arrived', { kindArrived: false }, 1, 'unproven'],
  ['none of its kind has, and no other one lately', { kindArrived: false }, 73, 'silent'],
] as const)('an empty list says what it is worth if %s', (_, given, hours, known) => {
  expect(webhooksKnown({ ...arrivals, ...given }, at(hours))).toBe(known);
});
