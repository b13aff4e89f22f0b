import { describe, expect, test } from 'vitest';
import {
  bestClaim,
  claimedTransaction,
  decidingSource,
  formerHomesOf,
  hasConflictingClaims,
  homeOf,
  listedClaims,
  reportedTransaction,
} from '../../../../core/domain/order/membership.ts';
import { at, claiming, orderId, record } from '../order-records.ts';

const of = (claims: Parameters<typeof claiming>[0], more: Parameters<typeof record>[1] = {}) =>
  record(1, { ...claiming(claims), ...more });

test.each([
  [{ own: 'a', listed: 'b', registered: 'c' }, 'own', 'a'],
  [{ listed: 'b', registered: 'c' }, 'listed', 'b'],
  [{ registered: 'c' }, 'registered', 'c'],
  [{}, null, null],
] as const)('of the claims %o, %s decides', (claims, source, transactionId) => {
  expect(decidingSource(of(claims))).toBe(source);
  expect(claimedTransaction(of(claims))).toBe(transactionId);
  expect(homeOf(of(claims))).toBe(transactionId ?? orderId(1));
});

test('Junction’s claim is the own one, otherwise the listed one, and never the registered one', () => {
  expect(reportedTransaction(of({ own: 'a', listed: 'b' }))).toBe('a');
  expect(reportedTransaction(of({ listed: 'b', registered: 'c' }))).toBe('b');
  expect(reportedTransaction(of({ registered: 'c' }))).toBeNull();
});

test('claims conflict if Junction and the customer disagree', () => {
  expect(hasConflictingClaims(of({ own: 'a', registered: 'b' }))).toBe(true);
  expect(hasConflictingClaims(of({ listed: 'a', registered: 'b' }))).toBe(true);
  expect(hasConflictingClaims(of({ own: 'a', listed: 'b', registered: 'a' }))).toBe(false);
  expect(hasConflictingClaims(of({ own: 'a', listed: 'b' }))).toBe(false);
});

test('of two claims, the one with the greater rank counts, then the one with the greater transaction id', () => {
  const claim = (rank: string, transaction_id: string) => ({ rank, transaction_id });
  expect(bestClaim([claim('2', 'a'), claim('1', 'b')])).toEqual(claim('2', 'a'));
  expect(bestClaim([claim('1', 'b'), claim('1', 'a')])).toEqual(claim('1', 'b'));
  expect(bestClaim([])).toBeNull();
});

describe('former homes', () => {
  test('are all other transactions that ever claimed the order', () => {
    expect(formerHomesOf(of({ own: 'a' }, { claimedBy: ['a', 'b'] }))).toEqual(['b']);
    expect(formerHomesOf(of({ own: 'a' }))).toEqual([]);
  });

  test('include its own id if it was ever unclaimed, unless it still is', () => {
    expect(formerHomesOf(of({ own: 'a' }, { wasProvisional: true }))).toEqual([orderId(1)]);
    expect(formerHomesOf(of({}, { wasProvisional: true }))).toEqual([]);
  });
});

test('a list claims each other order once, by its newest fact', () => {
  const listing = (n: number, transaction_id: string, second: number | null) => ({
    order_id: orderId(n),
    transaction_id,
    as_of: second === null ? null : at(second),
  });
  const claims = listedClaims(orderId(1), [
    listing(1, 'own', 9),
    listing(2, 'wrong', 3),
    listing(2, 'right', 4),
    listing(3, 'undated', null),
  ]);
  expect([...claims].map(([id, { transaction_id }]) => [id, transaction_id])).toEqual([
    [orderId(2), 'right'],
    [orderId(3), 'undated'],
  ]);
  expect(claims.get(orderId(2))?.rank).toBe(`${at(4)}|${orderId(1)}|right`);
});
