/**
 * Every order of arrival of every small journey, with repetitions, comes to the state that the oracle computes
 * from the whole set at once.
 */
import { describe, expect, test } from 'vitest';
import type { Delivery } from '../oracle/facts.ts';
import { everyPermutation, factorial, numbers } from '../oracle/orders-of-delivery.ts';
import { Course, replay } from './product.ts';
import { SMALL_JOURNEYS } from './small-journeys.ts';
import { differences, judge, type Verdict } from './verdict.ts';

const FILE = 'test/convergence/transaction-convergence.test.ts';
/** Set together to replay one failure. */
const { JOURNEY, PERMUTATION } = process.env;

interface Place {
  readonly course: Course;
  readonly arrived: readonly Delivery[];
}

/** One more delivery; one time in five, one of those that came comes again after it. */
async function arrive({ course, arrived }: Place, delivery: Delivery, seed: number): Promise<Place> {
  const next = numbers(seed);
  const now = [...arrived, delivery];
  const later = course.copy();
  await later.take(delivery, next);
  while (next() % 5 === 0) {
    const again = now[next() % now.length] ?? delivery;
    await later.take(again, next);
    now.push(again);
  }
  return { course: later, arrived: now };
}

function failure(
  name: string,
  index: number,
  deliveries: readonly Delivery[],
  order: readonly Delivery[],
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
      const end = async ({ course, arrived }: Place, index: number) => {
        const verdict = check(await course.end(numbers(index)));
        if (verdict) expect.fail(failure(name, index, deliveries, arrived, verdict));
      };
      const only = PERMUTATION === undefined ? undefined : Number(PERMUTATION);
      await everyPermutation(deliveries, { course: new Course(), arrived: [] }, { step: arrive, end, only });
    });
  },
);
