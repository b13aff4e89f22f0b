/**
 * Every order of arrival of every small journey, with repetitions, comes to the state that the oracle computes
 * from the whole set at once.
 */
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../oracle/facts.ts';
import { factorial, permutationAt, permutations, withDuplicates } from '../oracle/orders-of-delivery.ts';
import { replay } from './product.ts';
import { SMALL_JOURNEYS } from './small-journeys.ts';
import { differences, judge, type Verdict } from './verdict.ts';

const FILE = 'test/convergence/transaction-convergence.test.ts';
/** Set together to replay one failure. */
const { JOURNEY, PERMUTATION } = process.env;

function* arrivals(deliveries: readonly Delivery[]): Generator<[index: number, order: Delivery[]]> {
  if (PERMUTATION !== undefined) {
    yield [Number(PERMUTATION), permutationAt(deliveries, Number(PERMUTATION))];
    return;
  }
  let index = 0;
  for (const order of permutations(deliveries)) yield [index++, order];
}

function failure(
  name: string,
  index: number,
  deliveries: readonly Delivery[],
  order: Delivery[],
  verdict: Verdict,
): string {
  return [
    `"${name}", permutation ${index} of ${factorial(deliveries.length)}:`,
    ...differences(verdict.expected, verdict.actual).slice(0, 12),
    `arrived as ${order.map((delivery) => deliveries.indexOf(delivery) + 1).join(' ')}`,
    `replay: JOURNEY='${name.replaceAll("'", `'\\''`)}' PERMUTATION=${index} npx vitest run ${FILE}`,
  ].join('\n');
}

describe.runIf(JOURNEY === undefined || SMALL_JOURNEYS.some(({ name }) => name === JOURNEY))(
  'any order of arrival',
  () => {
    const chosen = SMALL_JOURNEYS.filter(({ name }) => JOURNEY === undefined || name === JOURNEY);

    test.each(chosen)('$name', async ({ name, deliveries }) => {
      const check = judge(deliveries);
      check(await replay(deliveries, 0));
      for (const [index, permutation] of arrivals(deliveries)) {
        const order = withDuplicates(permutation, index);
        const verdict = check(await replay(order, index));
        if (verdict) expect.fail(failure(name, index, deliveries, order, verdict));
      }
    });
  },
);
