import { describe, expect, test } from 'vitest';
import { march, orderId } from '../bodies.ts';
import type { Json } from '../reading/spelling.ts';
import { codes, held, ids, order } from './one-transaction.ts';

describe('slots', () => {
  const at = march(20);

  test('unknown origins: the first order is the initial one, the others are redraws', () => {
    const guess = held(
      order(1, 'completed', at, { origin: null }),
      order(2, 'ordered', at, { origin: 'odd' }),
    );
    expect([guess.rule, codes(guess)]).toEqual([
      'C/P',
      ['unknown_origin 2', 'redraw_without_redraw_available 2'],
    ]);
    const known = held(order(1, 'completed', at, { origin: null }), order(2, 'ordered', at));
    expect([known.rule, codes(known)]).toEqual([
      'P/C',
      ['unknown_origin 1', 'redraw_without_redraw_available 1'],
    ]);
  });

  test('an unknown origin with a parent: a redraw of a parent in redraw_available, otherwise a recreation', () => {
    const child = order(2, 'ordered', at, { origin: null, parent_id: orderId(1) });
    expect(held(order(1, 'redraw_available', at), child)).toMatchObject({ rule: 'R/P', anomalies: [] });
    expect(held(order(1, 'cancelled', at), child)).toMatchObject({
      rule: 'P/none',
      redraw: null,
      anomalies: [],
    });
  });

  test('a recreation replaces its parent, or the last order before it', () => {
    const again = (n: number, low: string, fields: Json = {}) =>
      order(n, low, at, { origin: 'recreation', ...fields });
    expect(held(order(1, 'cancelled', at), again(2, 'completed')).rule).toBe('C/none');
    expect(held(order(1, 'cancelled', at), again(2, 'cancelled'), again(3, 'completed')).rule).toBe('C/none');
    const redraw = order(2, 'cancelled', at, { origin: 'redraw' });
    expect(held(order(1, 'redraw_available', at), redraw, again(3, 'completed')).rule).toBe('R/C');
    expect(
      held(order(1, 'cancelled', at), redraw, again(3, 'completed', { parent_id: orderId(1) })).rule,
    ).toBe('C/X');
    expect(held(again(2, 'ordered')).rule).toBe('P/none');
    expect(held(again(2, 'ordered'), again(3, 'completed'))).toMatchObject({ rule: 'C/none', anomalies: [] });
  });

  test('the redraw was available on an order that was recreated later', () => {
    const again = order(2, 'completed', at, { origin: 'recreation' });
    const redraw = order(3, 'completed', at, { origin: 'redraw' });
    expect(held(order(1, 'redraw_available', march(6)), again, redraw).redraw).toMatchObject({
      available_at: march(6),
    });
  });

  test('recreations in a cycle come to an end', () => {
    const circle = (n: number, parent: number) =>
      order(n, 'ordered', at, { origin: 'recreation', parent_id: orderId(parent) });
    expect(held(circle(1, 2), circle(2, 1)).rule).toBe('P/none');
    expect(held(circle(1, 1)).rule).toBe('P/none');
  });

  test('of several, the last one counts', () => {
    const two = held(order(1, 'completed', at), order(2, 'cancelled', at));
    expect([two.rule, codes(two)]).toEqual(['X/none', ['second_initial 2']]);
    const redraws = [2, 3].map((n) => order(n, n === 2 ? 'lost' : 'completed', at, { origin: 'redraw' }));
    const three = held(order(1, 'redraw_available', at), ...redraws);
    expect([three.rule, codes(three)]).toEqual(['R/C', ['second_redraw 3']]);
  });

  test('orders without a creation time come last, by id', () => {
    const undated = (n: number) => order(n, 'ordered', at, { created_at: null });
    expect(ids(held(undated(5), undated(4), order(9, 'ordered', at), order(8, 'ordered', at)))).toEqual([
      8, 9, 4, 5,
    ]);
  });
});
