import { expect, test } from 'vitest';
import { isNew, looking } from '../../../dashboard/src/worklist/new-rows.ts';

const MINUTE = 60_000;
const [one, two, three] = [1, 2, 3].map((n) => `7a000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];

test('at the first look, only what arrives while somebody watches is new', () => {
  const first = looking(null, [one], 0);
  expect(isNew(first, one)).toBe(false);
  const watched = looking(first, [one, two], MINUTE);
  expect([one, two].map((id) => isNew(watched, id))).toEqual([false, true]);
});

test('what arrives is new until half an hour passes without a look', () => {
  const first = looking(null, [one], 0);
  const second = looking(first, [one, two], 31 * MINUTE);
  const later = looking(second, [one, two, three], 61 * MINUTE);
  expect([one, two, three].map((id) => isNew(later, id))).toEqual([false, true, true]);
  const third = looking(later, [one, two, three], 92 * MINUTE);
  expect([one, two, three].some((id) => isNew(third, id))).toBe(false);
});

test('a row that left the list and comes back within a look is not new at the next', () => {
  const first = looking(looking(null, [one, two], 0), [one], MINUTE);
  expect(isNew(looking(first, [one, two], 32 * MINUTE), two)).toBe(false);
});
