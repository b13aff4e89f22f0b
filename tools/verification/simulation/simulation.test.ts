/**
 * Simulated histories: throttling, timeouts before and after a write, batches that are done in part or twice, restarts,
 * sweeps and an API that fails, all from a seed. Each ends in the oracle's state. The handlers of the functions run without the
 * SDK's clients; .github/workflows/deep-tests.yml also runs the functions as deployed.
 */
import { expect, test } from 'vitest';
import { type Change, type FunctionName, forEach } from './bundles.ts';
import { deployed, handlers, replayOf, simulate } from './simulate.ts';

/** The maximum time in seconds; a busy machine takes longer. */
const TIMEOUT_MS = 120_000;

/** A fault that is put into a function. */
interface Fault {
  readonly what: string;
  readonly of: FunctionName;
  readonly change: Change;
}

/** The rarest of the faults in docs/guarantees.md shows in two of these 400 seeds. */
const PARTS = 20;
const SEEDS_PER_PART = 20;

const parts = (count: number) => Array.from({ length: count }, (_, part) => part);

const reportsNoFailure: Change = (source) =>
  source.replaceAll(/batchItemFailures:\[[^\]]+\]/g, 'batchItemFailures:[]');
const throwsWithoutHeartbeat: Change = (source) =>
  source.replace(/catch\(([\w$]+)\)\{(?=[\w$.]+\("heartbeat not recorded")/, 'catch($1){throw $1;');

const FAULTS: readonly Fault[] = [
  {
    what: 'writing without its condition',
    of: 'recompute',
    change: (source) => source.replaceAll('#revision = :read', 'attribute_exists(pk) OR #revision = :read'),
  },
  { what: 'reporting no failed order', of: 'recompute', change: reportsNoFailure },
  { what: 'reporting no failed event', of: 'publish', change: reportsNoFailure },
  { what: 'failing with its heartbeat', of: 'recompute', change: throwsWithoutHeartbeat },
  {
    what: "not reading Junction's list",
    of: 'sweep',
    change: (source) => source.replaceAll('.ordersChangedSince(', '.nothing('),
  },
  {
    what: 'answering 200 for what was not stored',
    of: 'webhook',
    change: (source) => source.replace(/503(?=,"The webhook cannot be processed now)/, '200'),
  },
];

test.each(parts(PARTS))(
  `${SEEDS_PER_PART} seeds, part %i`,
  async (part) => {
    for (let seed = part * SEEDS_PER_PART; seed < (part + 1) * SEEDS_PER_PART; seed += 1) {
      const { faults } = await simulate(seed, handlers);
      const replay = `replay: ${replayOf(seed, handlers)}`;
      if (faults.length > 0) expect.fail([...faults.slice(0, 12), replay].join('\n'));
    }
  },
  TIMEOUT_MS,
);

// The weekly run of the functions as deployed needs this too: its failures are replayed by their seeds.
test.each([
  { of: 'the functions as deployed', simulation: deployed },
  { of: 'their handlers without the SDK', simulation: handlers },
])('a seed gives the same history of $of, whatever ran before', async ({ simulation }) => {
  const untouched = forEach((name) => simulation.bundles[name].changed((source) => `${source}\n`));
  const traces: string[][] = [];
  for (const bundles of [simulation.bundles, simulation.bundles, untouched]) {
    const lines: string[] = [];
    const { faults } = await simulate(3, { ...simulation, bundles }, (line) => lines.push(line));
    expect(faults).toEqual([]);
    traces.push(lines);
  }
  expect(traces[0]?.length).toBeGreaterThan(50);
  expect(traces[1]).toEqual(traces[0]);
  expect(traces[2]).toEqual(traces[0]);
});

test.each(FAULTS)(
  'detects a fault: $what',
  async ({ of, change }) => {
    const bundles = { ...handlers.bundles, [of]: handlers.bundles[of].changed(change) };
    let noticed = false;
    for (let seed = 0; seed < 100 && !noticed; seed += 1) {
      noticed = (await simulate(seed, { ...handlers, bundles })).faults.length > 0;
    }
    expect(noticed).toBe(true);
  },
  TIMEOUT_MS,
);
