import { expect, test } from 'vitest';
import { paceOf } from '../../../../core/use-cases/rebuild/pace.ts';

test('lets through so many a second, whoever asks, and does not catch up on time not used', async () => {
  let clock = 0;
  const timer = {
    now: () => clock,
    sleep: async (milliseconds: number) => {
      // Time passes only for who waits for it.
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
