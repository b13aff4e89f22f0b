/** A short version of tools/verification/convergence: the folds lead to the state of the independent oracle. */
import { expect, test } from 'vitest';
import { replay } from '../../../tools/verification/convergence/product.ts';
import { randomFacts } from '../../../tools/verification/convergence/random-deliveries.ts';
import { SMALL_JOURNEYS } from '../../../tools/verification/convergence/small-journeys.ts';
import { judgeEach } from '../../../tools/verification/convergence/verdict.ts';

test.each(SMALL_JOURNEYS.map((journey) => [journey.name, journey] as const))('%s', async (_, { facts }) => {
  const check = judgeEach(facts);
  expect(check(await replay(facts, 1))).toBeNull();
  expect(check(await replay(facts.toReversed(), 2))).toBeNull();
});

test('random facts that conflict', async () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const facts = randomFacts(seed);
    const check = judgeEach(facts);
    for (const order of [facts, facts.toReversed()]) {
      expect(check(await replay(order, seed)), `seed ${seed}`).toBeNull();
    }
  }
});
