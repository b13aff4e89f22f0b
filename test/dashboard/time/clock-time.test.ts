import { describe, expect, test } from 'vitest';
import { clockTime, timeInZone } from '../../../dashboard/src/time/clock-time.ts';

const start = Date.parse('2026-03-03T14:30:00Z');
const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;

describe('the local time of an appointment', () => {
  // It cannot be both, whatever the reader's zone is.
  test('is shown with its zone', () => {
    const zones = ['America/New_York', 'Asia/Kolkata'].map((zone) => timeInZone(start, null, zone));
    expect(zones).toContainEqual(expect.stringMatching(/9:30\sAM EST|8:00\sPM GMT\+5:30/));
  });

  test('is shown as a range if it has an end', () => {
    const texts = ['America/New_York', 'Asia/Kolkata'].map((zone) =>
      timeInZone(start, start + 900_000, zone),
    );
    expect(texts).toContainEqual(expect.stringMatching(/9:30\s–\s9:45\sAM EST|8:00\s–\s8:15\sPM GMT\+5:30/));
  });

  test("is not repeated if the reader's clock shows the same", () => {
    expect(timeInZone(start, null, here)).toBeNull();
  });

  test('is left out for an invalid zone', () => {
    expect(timeInZone(start, null, 'Nowhere/At_all')).toBeNull();
  });

  test('ignores an end before the start', () => {
    const zone = here === 'America/New_York' ? 'Asia/Kolkata' : 'America/New_York';
    expect(timeInZone(start, start - 1, zone)).toBe(timeInZone(start, null, zone));
  });
});

test('a time has its year if that is not the current one', () => {
  expect(clockTime(start, start)).not.toContain('2026');
  expect(clockTime(start, Date.parse('2027-06-01T00:00:00Z'))).toContain('2026');
});
