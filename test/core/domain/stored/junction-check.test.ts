import { describe, expect, test } from 'vitest';
import {
  type CheckedChange,
  type JunctionCheck,
  knownChecks,
  withCheck,
} from '../../../../core/domain/stored/junction-check.ts';
import { PROGRAM, person } from '../../../callers.ts';
import { at, orderId } from '../order-records.ts';

const change: CheckedChange = { order_id: orderId(1), change: 'status', status: 'completed' };
const check = (second: number, fields: Partial<JunctionCheck> = {}): JunctionCheck => ({
  at: at(second),
  origin: 'request',
  caller: PROGRAM,
  changes: [],
  ...fields,
});
const swept = { origin: 'sweep', caller: null } as const;
const secondsOf = (checks: readonly JunctionCheck[] | undefined) => checks?.map((one) => one.at);

/** The checks after each of these, in order. */
const noted = (...all: JunctionCheck[]) =>
  all.reduce<readonly JunctionCheck[] | undefined>(withCheck, undefined);

describe('the checks that a transaction keeps', () => {
  test('are none of a sweep that brought nothing, and each that brought something', () => {
    expect(noted(check(1, swept))).toBeUndefined();
    expect(secondsOf(noted(check(1, { ...swept, changes: [change] }), check(2, swept)))).toEqual([at(1)]);
  });

  test('are only the last of those that brought the same caller nothing', () => {
    const [ann, ben] = [person('ann'), person('ben')];
    const asked = noted(
      check(1, { caller: ann, changes: [change] }),
      check(2, { caller: ann }),
      check(3, { caller: ann }),
      check(4, { caller: ben }),
      check(5, { caller: ben, origin: 'ordering' }),
    );
    expect(secondsOf(asked)).toEqual([at(1), at(3), at(4), at(5)]);
  });

  test('are the last five, with ten changes each', () => {
    const changes = Array.from({ length: 30 }, () => change);
    const all = noted(...[1, 2, 3, 4, 5, 6, 7].map((second) => check(second, { changes })));
    expect(secondsOf(all)).toEqual([3, 4, 5, 6, 7].map(at));
    expect(all?.map((one) => one.changes.length)).toEqual([10, 10, 10, 10, 10]);
  });
});

test('the known checks are the kept ones, newest first, and the last one of the sweep if that is newer', () => {
  const checks = [check(1, { changes: [change] }), check(3)];
  expect(secondsOf(knownChecks({ checks, checked_at: at(3) }))).toEqual([at(3), at(1)]);
  expect(knownChecks({ checks, checked_at: at(4) })[0]).toEqual(check(4, swept));
  expect(knownChecks({ checked_at: null })).toEqual([]);
});
