/** The time by which a scheduled run sends. */

import { expect, test } from 'vitest';
import type { Instant } from '../../../../core/domain/instant.ts';
import { instant } from '../../../../test/core/use-cases/sweep/scene/tracker.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { timeOfRun } from '../../use-cases/send-due-messages.ts';

const at = (time: string) => instant(march(5, time));

/** A run that was scheduled at noon, and takes a minute from `begun`. */
function times(begun: Instant, ended: Instant): Instant[] {
  const clock = { now: begun };
  const now = timeOfRun(at('12:00:00'), () => clock.now);
  const first = now();
  clock.now = ended;
  return [first, now()];
}

test('a run in time begins at the scheduled time, and its time passes', () => {
  expect(times(at('12:00:00'), at('12:01:00'))).toEqual([at('12:00:00'), at('12:01:00')]);
});

test('a run that was delayed sends by the real hour', () => {
  expect(times(at('14:30:00'), at('14:31:00'))).toEqual([at('14:30:00'), at('14:31:00')]);
});

test('a clock that is behind the schedule does not send by an earlier hour', () => {
  expect(times(at('11:59:30'), at('12:00:30'))).toEqual([at('12:00:00'), at('12:01:00')]);
});
