import { describe, expect, test } from 'vitest';
import { instantOf, spellTime, type TimeSpelling } from '../time.ts';

describe('times', () => {
  const instant = instantOf('2025-03-09T23:30:15.120450Z');

  test.each<[Partial<TimeSpelling>, string]>([
    [{}, '2025-03-09T23:30:15.120450Z'],
    [{ zone: '+00:00', separator: ' ' }, '2025-03-09 23:30:15.120450+00:00'],
    [{ zone: '-05:00' }, '2025-03-09T18:30:15.120450-05:00'],
    [{ zone: '+05:30' }, '2025-03-10T05:00:15.120450+05:30'],
    [{ zone: 'none' }, '2025-03-09T23:30:15.120450'],
  ])('%o', (spelling, text) => {
    expect(spellTime(instant, { zone: 'Z', separator: 'T', digits: 0, ...spelling })).toBe(text);
  });

  test('keep all significant digits, and have more on request', () => {
    const second = instantOf('2025-03-09T23:30:15Z');
    expect(spellTime(second)).toBe('2025-03-09T23:30:15Z');
    expect(spellTime(second, { zone: 'Z', separator: 'T', digits: 3 })).toBe('2025-03-09T23:30:15.000Z');
    expect(spellTime(second + 120_000)).toBe('2025-03-09T23:30:15.120Z');
    expect(instantOf(spellTime(second + 7))).toBe(second + 7);
  });
});
