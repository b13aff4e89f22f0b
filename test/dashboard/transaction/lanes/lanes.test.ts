import { describe, expect, test } from 'vitest';
import type { Order, Transaction } from '../../../../dashboard/src/api/answers.ts';
import { laneLines } from '../../../../dashboard/src/transaction/lane-lines.ts';
import { lanesOf } from '../../../../dashboard/src/transaction/lanes.ts';
import { timeline } from '../../../../dashboard/src/transaction/timeline.ts';
import { event, explained, listed, order, transaction } from '../sample-transaction.ts';

const NOW = Date.parse('2026-03-20T12:00:00Z');

describe('lanes', () => {
  test("have the names of the orders' origins, with a number if there are several", () => {
    const orders = [
      listed('a'),
      listed('b', { origin: 'recreation', parent_id: 'a' }),
      listed('c', { origin: 'redraw' }),
      listed('d', { origin: 'redraw' }),
      listed('e', { origin: 'transfer' }),
    ];
    expect(lanesOf(transaction({ orders })).map(({ name }) => name)).toEqual([
      'Initial order',
      'Recreation',
      'Redraw order',
      'Redraw order 2',
      'Order',
    ]);
  });

  test('branch off the parent order, or for a redraw without one off the last order that is not a redraw', () => {
    const orders = [
      listed('a'),
      listed('b', { origin: 'recreation', parent_id: 'a' }),
      listed('c', { origin: 'redraw' }),
      listed('d', { origin: 'redraw', parent_id: 'a' }),
      listed('e', { origin: 'redraw', parent_id: 'elsewhere' }),
    ];
    expect(lanesOf(transaction({ orders })).map(({ parentId }) => parentId)).toEqual([
      null,
      'a',
      'b',
      'a',
      'b',
    ]);
  });
});

/** Each row as it is drawn: the line above and below in each lane, the dot, and the lane it branches from. */
function drawn(story: Transaction, orders: readonly Order[]): string[] {
  const rows = timeline(story, orders, NOW);
  return laneLines(rows, lanesOf(story)).map(({ rails, dot, branchFrom }) => {
    const lines = rails.map(({ above, below }) => `${above ? '↑' : '·'}${below ? '↓' : '·'}`).join(' ');
    return `${lines} ${dot ?? '-'}${branchFrom === null ? '' : ` from ${branchFrom}`}`;
  });
}

describe('lines', () => {
  const first = order('first', {
    events: [event(1, '03-01', 'ordered'), event(2, '03-07', 'redraw_available')],
  });
  const second = order('second', {
    events: [event(3, '03-08', 'ordered'), event(4, '03-09', 'requisition_created')],
  });
  const over = [explained('first', { class: 'R' })];

  test('a redraw branches off where its order begins, and continues until now', () => {
    expect(drawn(transaction({ explained: over }), [first, second])).toEqual([
      '·↓ ·· 0',
      '↑↓ ·· 0',
      '·· ·↓ 1 from 0',
      '·· ↑↓ 1',
      '·· ↑· -',
    ]);
  });

  test('the line of an active order runs beside the branch', () => {
    expect(drawn(transaction(), [first, second])[2]).toBe('↑↓ ·↓ 1 from 0');
  });

  test('an order that is over ends with its last event', () => {
    const story = transaction({
      status: 'completed',
      explained: [...over, explained('second', { class: 'C' })],
    });
    expect(drawn(story, [first, second]).at(-1)).toBe('·· ↑· 1');
  });

  test('nothing branches off an order before its first known event', () => {
    const late = order('first', { events: [event(2, '03-10', 'redraw_available')] });
    expect(drawn(transaction({ explained: over }), [late, second])).toEqual([
      '·· ·↓ 1',
      '·· ↑↓ 1',
      '·· ↑↓ 0',
      '·· ↑· -',
    ]);
  });

  test('an order without any time has no line', () => {
    const story = transaction({
      explained: over,
      orders: [listed('first', { created_at: null }), listed('second', { origin: 'redraw' })],
    });
    expect(drawn(story, [second])[0]).toBe('·· ·↓ 1');
  });
});
