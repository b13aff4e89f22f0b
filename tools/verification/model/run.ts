/** `npm run model`: visits every interleaving of the worlds of a size, and prints the number of states. */
import { explore } from './search.ts';
import { type Size, worlds } from './worlds.ts';

const SIZES: readonly string[] = ['small', 'medium', 'large'] satisfies Size[];

const size = process.env.MODEL_SIZE ?? 'medium';
if (!SIZES.includes(size)) {
  console.error(`MODEL_SIZE is one of ${SIZES.join(', ')}, not ${size}.`);
  process.exit(1);
}

const shown = (number: number) => number.toLocaleString('en').padStart(12);
const total = { states: 0, steps: 0, quiet: 0 };
console.log(`${'states'.padStart(12)}${'steps'.padStart(12)}${'quiet'.padStart(12)}   world`);
for (const world of worlds(size as Size)) {
  const { states, steps, quiet, fault } = await explore(world, { onProgress: progressOf(world.name) });
  console.log(`${shown(states)}${shown(steps)}${shown(quiet)}   ${world.name}`);
  total.states += states;
  total.steps += steps;
  total.quiet += quiet;
  if (!fault) continue;
  console.error(['', 'The shortest path to a fault:', ...fault].join('\n'));
  process.exitCode = 1;
}
console.log(`${shown(total.states)}${shown(total.steps)}${shown(total.quiet)}   all (MODEL_SIZE=${size})`);

/** Shows on a terminal how far a world has been searched. Its line of the table replaces this. */
function progressOf(name: string) {
  return (states: number) => {
    if (process.stderr.isTTY) process.stderr.write(`${shown(states)} so far${' '.repeat(17)}   ${name}\r`);
  };
}
