/**
 * Simulated histories: throttling, timeouts before and after a write, batches done in part and done twice, restarts,
 * sweeps and an API that fails, all by seed. Each ends where the oracle says. Some are of the functions as they are
 * deployed, many more of their insides alone.
 */
import { describe, expect, test } from 'vitest';
import { deployedBundles } from './bundles.ts';
import { deployed } from './deployed-functions.ts';
import { insides } from './inside-functions.ts';
import { replayOf, simulate } from './simulate.ts';

/** Seconds of work at most; a machine that does much else at the time takes longer. */
const TIMEOUT_MS = 120_000;

const bundles = await deployedBundles();
const functions = deployed(bundles);

const parts = (count: number) => Array.from({ length: count }, (_, part) => part);

describe.each([
  { name: 'the functions as deployed', simulation: functions, seeds: 5, runs: parts(8) },
  { name: 'their insides', simulation: insides, seeds: 49, runs: parts(40) },
])('$name', ({ simulation, seeds, runs }) => {
  test.each(runs)(
    `${seeds} seeds, part %i`,
    async (part) => {
      for (let seed = part * seeds; seed < (part + 1) * seeds; seed += 1) {
        const { faults } = await simulate(seed, simulation);
        const replay = `replay: ${replayOf(seed, simulation)}`;
        if (faults.length > 0) expect.fail([...faults.slice(0, 12), replay].join('\n'));
      }
    },
    TIMEOUT_MS,
  );

  test('a seed is a whole history', async () => {
    const traces: string[][] = [[], []];
    for (const lines of traces) await simulate(7, simulation, (line) => lines.push(line));
    expect(traces[0]?.length).toBeGreaterThan(50);
    expect(traces[1]).toEqual(traces[0]);
  });
});

describe('a fault that is put into a bundle is noticed', () => {
  const { recompute } = bundles;

  test.each([
    {
      what: 'writing whatever came between',
      broken: recompute.changed((source) =>
        source.replaceAll('#revision = :read', 'attribute_exists(pk) OR #revision = :read'),
      ),
    },
    {
      what: 'reporting no failures',
      broken: recompute.changed((source) =>
        source.replaceAll(/batchItemFailures:\[\w+\]/g, 'batchItemFailures:[]'),
      ),
    },
  ])(
    '$what',
    async ({ broken }) => {
      const simulation = deployed({ ...bundles, recompute: broken });
      let noticed = false;
      for (let seed = 0; seed < 60 && !noticed; seed += 1) {
        noticed = (await simulate(seed, simulation)).faults.length > 0;
      }
      expect(noticed).toBe(true);
    },
    TIMEOUT_MS,
  );
});
