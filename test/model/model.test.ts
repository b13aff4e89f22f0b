/**
 * Every interleaving of a bounded world, over the code that is deployed: whatever overtakes whatever, is given up, comes
 * late or comes again, the table comes to what the oracle says.
 */
import { afterAll, expect, test } from 'vitest';
import { type Explored, explore } from './search.ts';
import type { WorldPlan } from './world.ts';
import { worlds } from './worlds.ts';

/** Seconds of work at most; a machine that does much else at the time takes longer. */
const TIMEOUT_MS = 120_000;
/** What came of a world, by its name: so much work is done once. */
const done = new Map<string, Explored>();

async function explored(world: WorldPlan): Promise<Explored> {
  const found = done.get(world.name) ?? (await explore(world));
  done.set(world.name, found);
  return found;
}

/** Over all worlds of the size. */
const counted = { states: 0, quiet: 0 };

afterAll(() => console.log(`${counted.states} states visited, in ${counted.quiet} of them all was done`));

test.each(worlds('small'))(
  '$name',
  async (world) => {
    const { fault, states, quiet } = await explored(world);
    if (fault) expect.fail(['the shortest way to it:', ...fault].join('\n'));
    // So few would mean that the world is not what its name says.
    expect(states).toBeGreaterThan(140);
    expect(quiet).toBeGreaterThan(1);
    counted.states += states;
    counted.quiet += quiet;
  },
  TIMEOUT_MS,
);

test.each(worlds('small').filter(({ name, settledIn }) => settledIn !== null && /^a re/.test(name)))(
  'the steps left out make no difference: $name',
  async (world) => {
    const [reduced, whole] = [await explored(world), await explore(world, { reduced: false })];
    expect(reduced.states).toBeLessThan(whole.states);
    expect(reduced.ends).toEqual(whole.ends);
  },
  TIMEOUT_MS,
);
