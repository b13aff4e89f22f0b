import { expect, test } from 'vitest';
import { paceOf } from '../../../core/concurrency/pace.ts';

test('limits the rate of all callers together, and does not make up for unused time', async () => {
  let clock = 0;
  const timer = {
    now: () => clock,
    sleep: async (milliseconds: number) => {
      // Time passes only for callers that wait.
      await new Promise((done) => setImmediate(done));
      clock += milliseconds;
    },
  };
  const pace = paceOf(10, timer);
  for (let n = 0; n < 21; n += 1) await pace.next();
  expect(clock).toBe(2_000);
  clock += 60_000;
  const idle = clock;
  for (let n = 0; n < 11; n += 1) await pace.next();
  expect(clock - idle).toBe(1_000);
});
