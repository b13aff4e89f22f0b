/**
 * Every interleaving of a bounded world, over the code that is deployed: whatever overtakes whatever, is given up, comes
 * late or comes again, the table comes to what the oracle says.
 */
import { afterAll, expect, test } from 'vitest';
import { explore } from './search.ts';
import { worlds } from './worlds.ts';

/** Seconds of work at most; a machine that does much else at the time takes longer. */
const TIMEOUT_MS = 120_000;
/** Over all worlds of the size. */
const counted = { states: 0, quiet: 0 };

afterAll(() => console.log(`${counted.states} states visited, in ${counted.quiet} of them all was done`));

test.each(worlds('small'))(
  '$name',
  async (world) => {
    const { fault, states, quiet } = await explore(world);
    if (fault) expect.fail(['the shortest way to it:', ...fault].join('\n'));
    // So few would mean that the world is not what its name says.
    expect(states).toBeGreaterThan(60);
    expect(quiet).toBeGreaterThan(1);
    counted.states += states;
    counted.quiet += quiet;
  },
  TIMEOUT_MS,
);
