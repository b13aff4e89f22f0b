import { expect, test } from 'vitest';
import { SMALL_JOURNEYS } from '../convergence/small-journeys.ts';
import { expectedState } from './oracle.ts';
import { factorial, permutationAt, permutations, withDuplicates } from './orders-of-delivery.ts';
import { canonical } from './spelling.ts';

test('every permutation once, the first as given, each found again by its index', () => {
  for (let length = 0; length <= 5; length++) {
    const items = [...'abcde'].slice(0, length);
    const all = [...permutations(items)];
    expect(all).toHaveLength(factorial(length));
    expect(new Set(all.map(String)).size).toBe(factorial(length));
    expect(all[0]).toEqual(items);
    expect(all.map((_, index) => permutationAt(items, index))).toEqual(all);
  }
});

test('permutations are made one by one', () => {
  const endless = permutations(Array.from({ length: 40 }, (_, index) => index));
  expect(endless.next().value).toHaveLength(40);
});

test('duplicates keep the order of first deliveries, and a seed gives the same ones again', () => {
  const lengths = new Set<number>();
  for (let seed = 0; seed < 200; seed++) {
    const repeated = withDuplicates([...'abcd'], seed);
    lengths.add(repeated.length);
    expect([...new Set(repeated)]).toEqual([...'abcd']);
    expect(withDuplicates([...'abcd'], seed)).toEqual(repeated);
  }
  expect([...lengths].sort()).toEqual([4, 5, 6, 7]);
});

test.each(SMALL_JOURNEYS)('the judge itself does not look at the order: $name', ({ deliveries }) => {
  const state = (sent: typeof deliveries) => {
    const { orders, transactions, ...counts } = expectedState(sent);
    const sorted = [orders, transactions].map((held) => Object.fromEntries(held));
    return canonical([sorted, counts.quarantined, counts.ignored]);
  };
  const expected = state(deliveries);
  for (let index = 0; index < 40; index++) {
    const permutation = permutationAt(deliveries, (index * 7919) % factorial(deliveries.length));
    expect(state(withDuplicates(permutation, index))).toBe(expected);
  }
});
