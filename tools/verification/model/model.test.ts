/**
 * Every interleaving of a bounded world, with the deployed code: whatever is overtaken, interrupted, delayed or repeated,
 * the table ends in the oracle's state.
 */
import { afterAll, expect, test } from 'vitest';
import { explore } from './search.ts';
import { worlds } from './worlds.ts';

/** The maximum time in seconds of a world; a busy machine takes longer. */
const TIMEOUT_MS = 120_000;
/** Over all worlds of the size. */
const counted = { states: 0, quiet: 0 };

afterAll(() => console.log(`${counted.states} states visited, ${counted.quiet} of them final`));

test.each(worlds('small'))(
  '$name',
  async (world) => {
    const { fault, states, quiet } = await explore(world);
    if (fault) expect.fail(['the shortest path to the fault:', ...fault].join('\n'));
    // With fewer states, the world would not contain what its name says.
    expect(states).toBeGreaterThan(60);
    expect(quiet).toBeGreaterThan(1);
    counted.states += states;
    counted.quiet += quiet;
  },
  TIMEOUT_MS,
);
