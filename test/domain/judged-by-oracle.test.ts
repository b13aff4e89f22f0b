/** A quick look at what test/convergence shows at length: the folds come to the state of the independent judge. */
import { expect, test } from 'vitest';
import { replay } from '../convergence/product.ts';
import { randomDeliveries } from '../convergence/random-deliveries.ts';
import { SMALL_JOURNEYS } from '../convergence/small-journeys.ts';
import { judge } from '../convergence/verdict.ts';

test.each(SMALL_JOURNEYS.map((journey) => [journey.name, journey] as const))(
  '%s',
  async (_, { deliveries }) => {
    const check = judge(deliveries);
    expect(check(await replay(deliveries, 1))).toBeNull();
    expect(check(await replay(deliveries.toReversed(), 2))).toBeNull();
  },
);

test('random deliveries that collide', async () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const deliveries = randomDeliveries(seed);
    const check = judge(deliveries);
    for (const order of [deliveries, deliveries.toReversed()]) {
      expect(check(await replay(order, seed)), `seed ${seed}`).toBeNull();
    }
  }
});
