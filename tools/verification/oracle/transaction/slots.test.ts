/**
 * What random facts do not show. That the roles and slots of the oracle are right is shown where the product, whose tests name
 * the right values, is compared with it: test/core/domain/judged-by-oracle.test.ts.
 */
import { expect, test } from 'vitest';
import { march, orderId } from '../bodies.ts';
import { held, order } from './one-transaction.ts';

test('recreations in a cycle come to an end', () => {
  const circle = (n: number, parent: number) =>
    order(n, 'ordered', march(20), { origin: 'recreation', parent_id: orderId(parent) });
  expect(held(circle(1, 2), circle(2, 1)).rule).toBe('P/none');
  expect(held(circle(1, 1)).rule).toBe('P/none');
});
