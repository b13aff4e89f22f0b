import { expect, test } from 'vitest';
import { durationInWords } from '../../../../lib/monitoring/alarms/duration-in-words.ts';

test.each([
  [3_600_000, '1 hour'],
  [7_200_000, '2 hours'],
  [1_800_000, '30 minutes'],
  [5_400_000, '90 minutes'],
  [86_400_000, '1 day'],
  [60_000, '1 minute'],
  [45_000, '45 seconds'],
  [1_500, '1.5 seconds'],
])('%i ms are %s', (milliseconds, words) => {
  expect(durationInWords(milliseconds)).toBe(words);
});
