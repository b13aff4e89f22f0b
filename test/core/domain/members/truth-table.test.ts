import { describe, expect, test } from 'vitest';
import {
  cellOf,
  type InitialClass,
  type RedrawClass,
  ruleOf,
  type TransactionStatus,
} from '../../../../core/domain/members/truth-table.ts';
import type { OrderClass } from '../../../../core/domain/order/status-table.ts';

type Row = readonly [InitialClass, RedrawClass, TransactionStatus, documented: boolean, anomalous: boolean];

/** The whole table, written by hand from docs/state-model.md. */
const CELLS: readonly Row[] = [
  ['P', 'none', 'active', true, false],
  ['P', 'P', 'active', true, true],
  ['P', 'C', 'completed', false, true],
  ['P', 'X', 'active', true, true],
  ['P', 'F', 'active', true, true],
  ['P', 'R', 'active', false, true],
  ['C', 'none', 'completed', true, false],
  ['C', 'P', 'active', true, true],
  ['C', 'C', 'completed', true, false],
  ['C', 'X', 'completed', false, false],
  ['C', 'F', 'completed', false, false],
  ['C', 'R', 'completed', false, true],
  ['C', 'single_order', 'completed', true, false],
  ['R', 'none', 'active', false, false],
  ['R', 'P', 'active', true, false],
  ['R', 'C', 'completed', true, false],
  ['R', 'X', 'completed', false, false],
  ['R', 'F', 'completed', false, false],
  ['R', 'R', 'completed', false, true],
  ['X', 'none', 'cancelled', true, false],
  ['X', 'P', 'active', true, true],
  ['X', 'C', 'completed', true, true],
  ['X', 'X', 'cancelled', true, false],
  ['X', 'F', 'completed', false, true],
  ['X', 'R', 'completed', false, true],
  ['F', 'none', 'completed', false, false],
  ['F', 'P', 'active', true, true],
  ['F', 'C', 'completed', true, true],
  ['F', 'X', 'completed', false, true],
  ['F', 'F', 'completed', false, true],
  ['F', 'R', 'completed', false, true],
  ['unseen', 'P', 'active', true, false],
  ['unseen', 'C', 'completed', true, false],
  ['unseen', 'X', 'completed', false, false],
  ['unseen', 'F', 'completed', false, false],
  ['unseen', 'R', 'completed', false, true],
];

describe('the truth table', () => {
  test.each(CELLS)(
    '%s/%s is %s, documented %s, anomalous %s',
    (initial, redraw, status, documented, anomalous) => {
      expect(cellOf(initial, redraw)).toEqual({ status, documented, anomalous });
      expect(ruleOf(initial, redraw)).toBe(`${initial}/${redraw}`);
    },
  );

  test('has every pair of classes except one, and the single-order redraw of a completed order', () => {
    const classes: OrderClass[] = ['P', 'C', 'R', 'X', 'F'];
    const pairs = [...classes, 'unseen'].flatMap((initial) =>
      [...classes, 'none'].map((redraw) => `${initial}/${redraw}`),
    );
    expect(new Set(CELLS.map(([initial, redraw]) => `${initial}/${redraw}`)).size).toBe(36);
    expect(pairs.filter((pair) => !CELLS.some(([i, r]) => `${i}/${r}` === pair))).toEqual(['unseen/none']);
  });

  test('has no cell for a transaction without orders', () => {
    expect(() => cellOf('unseen', 'none')).toThrow(
      new RangeError('a transaction without orders has no status (unseen/none)'),
    );
  });
});
