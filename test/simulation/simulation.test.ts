/**
 * Simulated histories over the code that is deployed: throttling, timeouts before and after a write, batches done in
 * part and done twice, restarts, sweeps and an API that fails, all by seed. Each ends where the oracle says.
 */
import { expect, test } from 'vitest';
import { replayOf, simulate } from './simulate.ts';

const PARTS = 4;
const PER_PART = 500;

test.each(Array.from({ length: PARTS }, (_, part) => part))('seeds of part %i', async (part) => {
  for (let seed = part * PER_PART; seed < (part + 1) * PER_PART; seed += 1) {
    const { faults } = await simulate(seed);
    if (faults.length > 0) expect.fail([...faults.slice(0, 12), `replay: ${replayOf(seed)}`].join('\n'));
  }
});

test('a seed is a whole history', async () => {
  const runs: string[][] = [[], []];
  for (const lines of runs) await simulate(7, (line) => lines.push(line));
  expect(runs[0]?.length).toBeGreaterThan(50);
  expect(runs[1]).toEqual(runs[0]);
});
