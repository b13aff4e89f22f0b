/**
 * Simulated histories over the code that is deployed: throttling, timeouts before and after a write, batches done in
 * part and done twice, restarts, sweeps and an API that fails, all by seed. Each ends where the oracle says.
 */
import { expect, test } from 'vitest';
import { replayOf, simulate } from './simulate.ts';

const PARTS = 20;
const PER_PART = 100;
/** Seconds of work at most; a machine that does much else at the time takes longer. */
const TIMEOUT_MS = 120_000;

const parts = Array.from({ length: PARTS }, (_, part) => part);

test.each(parts)(
  `${PER_PART} seeds, part %i`,
  async (part) => {
    for (let seed = part * PER_PART; seed < (part + 1) * PER_PART; seed += 1) {
      const { faults } = await simulate(seed);
      if (faults.length > 0) expect.fail([...faults.slice(0, 12), `replay: ${replayOf(seed)}`].join('\n'));
    }
  },
  TIMEOUT_MS,
);

test('a seed is a whole history', async () => {
  const runs: string[][] = [[], []];
  for (const lines of runs) await simulate(7, (line) => lines.push(line));
  expect(runs[0]?.length).toBeGreaterThan(50);
  expect(runs[1]).toEqual(runs[0]);
});
