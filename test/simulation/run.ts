/** `npm run simulate -- --seeds N [--from S]` tries many seeds; `--seed S` replays one, showing every step. */
import { parseArgs } from 'node:util';
import { replayOf, simulate } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string' },
  },
});

if (values.seed !== undefined) {
  const { steps, faults } = await simulate(Number(values.seed), console.log);
  console.log([`${steps} steps`, ...(faults.length > 0 ? faults : ['all is as the oracle says'])].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
} else {
  await many(Number(values.from), Number(values.seeds));
}

async function many(from: number, count: number): Promise<void> {
  let steps = 0;
  let failed = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await simulate(seed);
    steps += result.steps;
    if (result.faults.length === 0) continue;
    failed += 1;
    console.error([`seed ${seed}:`, ...result.faults.slice(0, 6), `replay: ${replayOf(seed)}`].join('\n'));
    if (failed === 10) break;
  }
  console.log(`${count} seeds from ${from}, ${steps} steps, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
