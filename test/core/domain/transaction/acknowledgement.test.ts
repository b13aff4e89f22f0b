import { expect, test } from 'vitest';
import { answered, isUnchecked, UNMARKED } from '../../../../core/domain/transaction/acknowledgement.ts';
import { at } from '../order-records.ts';

test.each([
  [null, undefined, false],
  [at(1), undefined, false],
  [null, at(2), false],
  [at(1), at(2), true],
])('flagged %s, without an answer since %s: unchecked is %s', (stale_since, unanswered_since, unchecked) => {
  const marks = { ...UNMARKED, stale_since, ...(unanswered_since ? { unanswered_since } : {}) };
  expect(isUnchecked(marks)).toBe(unchecked);
  // An answer only clears the mark of being unchecked.
  expect(answered(marks)).toEqual({ ...UNMARKED, stale_since });
  expect(isUnchecked(answered(marks))).toBe(false);
});
