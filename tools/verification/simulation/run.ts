/**
 * `npm run simulate -- --seeds N [--from S]` runs many seeds of the deployed functions. `--seed S` replays one and shows
 * every step. With `--without-sdk` the handlers run without the AWS SDK's clients, which is much faster.
 */
import { parseArgs } from 'node:util';
import { deployed, handlers, replayOf, simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
    'without-sdk': { type: 'boolean', default: false },
  },
});

const simulated = values['without-sdk'] ? handlers : deployed;

if (values.seed !== undefined) {
  const { steps, faults } = await simulate(Number(values.seed), simulated, console.log);
  console.log([`${steps} steps`, ...(faults.length > 0 ? faults : ['all is as the oracle says'])].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
} else {
  await many(Number(values.from), Number(values.seeds));
}

async function many(from: number, count: number): Promise<void> {
  let steps = 0;
  let failed = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await simulate(seed, simulated);
    steps += result.steps;
    if (result.faults.length === 0) continue;
    failed += 1;
    const replay = replayOf(seed, simulated);
    console.error([`seed ${seed}:`, ...result.faults.slice(0, 6), `replay: ${replay}`].join('\n'));
    if (failed === 10) break;
  }
  console.log(`${count} seeds from ${from}, ${steps} steps, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
