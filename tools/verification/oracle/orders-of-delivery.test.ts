import { expect, test } from 'vitest';
import { SMALL_JOURNEYS } from '../convergence/small-journeys.ts';
import { expectedState } from './oracle.ts';
import { everyPermutation, factorial, permutationAt, withDuplicates } from './orders-of-delivery.ts';
import { canonical } from './reading/spelling.ts';

/** The visited permutations, and the seeds of each. */
async function gone(items: readonly string[], only?: number) {
  const all: { index: number; items: string[]; seeds: number[] }[] = [];
  let steps = 0;
  await everyPermutation(
    items,
    { items: [] as string[], seeds: [] as number[] },
    {
      step: async (from, item, seed) => {
        steps += 1;
        return { items: [...from.items, item], seeds: [...from.seeds, seed] };
      },
      end: async (at, index) => void all.push({ index, ...at }),
      only,
    },
  );
  return { all, steps };
}

test('visits every permutation once, the given one first, and each can be found by its index', async () => {
  for (let length = 0; length <= 5; length++) {
    const items = [...'abcde'].slice(0, length);
    const { all } = await gone(items);
    expect(all).toHaveLength(factorial(length));
    expect(new Set(all.map((one) => String(one.items))).size).toBe(factorial(length));
    expect(all[0]?.items).toEqual(items);
    expect(all.map(({ index }) => permutationAt(items, index))).toEqual(all.map((one) => one.items));
  }
});

test('visits every prefix once with a seed of its own, and a single permutation has the same seeds', async () => {
  const { all, steps } = await gone([...'abcd']);
  const beginnings = all.flatMap(({ items }) => items.map((_, end) => String(items.slice(0, end + 1))));
  expect(steps).toBe(new Set(beginnings).size);
  expect(new Set(all.flatMap(({ seeds }) => seeds)).size).toBe(steps);
  for (const one of all) expect(await gone([...'abcd'], one.index)).toEqual({ all: [one], steps: 4 });
});

test('repetitions keep the order of first deliveries, and a seed always gives the same ones', () => {
  const lengths = new Set<number>();
  for (let seed = 0; seed < 200; seed++) {
    const repeated = withDuplicates([...'abcd'], seed);
    lengths.add(repeated.length);
    expect([...new Set(repeated)]).toEqual([...'abcd']);
    expect(withDuplicates([...'abcd'], seed)).toEqual(repeated);
  }
  expect([...lengths].sort()).toEqual([4, 5, 6, 7]);
});

test.each(SMALL_JOURNEYS)('the oracle does not depend on the order: $name', ({ facts }) => {
  const state = (sent: typeof facts) => {
    const { orders, transactions, ...counts } = expectedState(sent);
    const sorted = [orders, transactions].map((held) => Object.fromEntries(held));
    return canonical([sorted, counts.quarantined, counts.ignored]);
  };
  const expected = state(facts);
  for (let index = 0; index < 40; index++) {
    const permutation = permutationAt(facts, (index * 7919) % factorial(facts.length));
    expect(state(withDuplicates(permutation, index))).toBe(expected);
  }
});
