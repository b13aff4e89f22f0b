import { afterEach, expect, it } from 'vitest';
import { followClock, functionClock } from '../../runtime/function-clock.ts';

const machine = Date;
afterEach(() => {
  globalThis.Date = machine;
});

it('moves the dates of a thread that follows it, and nothing else about them', () => {
  const clock = functionClock();
  followClock(clock.shared);
  const started = machine.now();
  expect(Date.now() - started).toBeLessThan(1_000);
  clock.moveTo(new machine('2026-03-01T08:00:00Z'));
  for (const now of [new Date(), new Date(Date.now()), clock.now()]) {
    expect(now.toISOString()).toMatch(/^2026-03-01T08:00:0/);
    expect(now).toBeInstanceOf(Date);
  }
  expect(Date()).toContain('2026');
  expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  expect(new Date(2026, 0, 2).getDate()).toBe(2);
  expect(Date.parse('2026-03-01T08:00:00Z')).toBe(Date.UTC(2026, 2, 1, 8));
  class Zoned extends Date {}
  expect(new Zoned()).toBeInstanceOf(Zoned);
  expect(new Zoned().toISOString()).toMatch(/^2026-03-01T08:00:0/);
  clock.moveTo(null);
  expect(Math.abs(Date.now() - machine.now())).toBeLessThan(1_000);
});
