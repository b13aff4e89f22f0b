import { describe, expect, test } from 'vitest';
import {
  delivered,
  event,
  fullStatus,
  march,
  orderId,
  registered,
  transaction,
  transactionId,
  walkIn,
} from '../bodies.ts';
import { expectedState } from '../oracle.ts';
import type { Fact } from '../reading/facts.ts';
import type { Json } from '../reading/spelling.ts';

/** Order `n`, created on that day, of a user, in transaction 1, with one event on day 10 + n. */
function of(user: string | null, n: number, fields: Json = {}, low = 'ordered'): Fact {
  return delivered(
    walkIn(n, [event(n, low, march(10 + n))], {
      user_id: user,
      order_transaction: transaction(1, 'active', []),
      ...fields,
    }),
  );
}

const kit = (user: string, n: number, fields: Json = {}) =>
  of(user, n, {
    details: { type: 'testkit' },
    events: [{ id: n, created_at: march(10 + n), status: fullStatus('ordered', 'testkit') }],
    ...fields,
  });

/** `T1 anna 1 2; O3 bert 3` means "transaction 1 of anna holds orders 1 and 2, and order 3 of bert is alone". */
function shown(...facts: Fact[]): string {
  return [...expectedState(facts).transactions.values()]
    .map(({ id, user_id, orders }) => {
      const place = id === transactionId(1) ? 'T1' : `O${Number(id.slice(-4))}`;
      return [place, user_id, ...orders.map((order) => Number(order.id.slice(-4)))].join(' ');
    })
    .join('; ');
}

function different(...facts: Fact[]): (string | null)[][] {
  return [...expectedState(facts).transactions.values()].map(({ anomalies }) =>
    anomalies.flatMap(({ code, order_id, first_seen_at }) =>
      code === 'different_user' ? [order_id, first_seen_at] : [],
    ),
  );
}

describe('the owner', () => {
  test('is the user of the initial order, even if another order is older', () => {
    expect(shown(of('anna', 2), of('bert', 1, { origin: 'redraw' }))).toBe('T1 anna 2; O1 bert 1');
  });

  test('is, of several initial orders, the first with a user, by creation, then id', () => {
    expect(shown(of('anna', 2), of('bert', 3))).toBe('T1 anna 2; O3 bert 3');
    expect(shown(of('anna', 2, { created_at: march(9) }), of('bert', 3))).toBe('T1 bert 3; O2 anna 2');
    expect(shown(of('anna', 2, { created_at: null }), of('bert', 3))).toBe('T1 bert 3; O2 anna 2');
    expect(shown(of(null, 1), of('bert', 3))).toBe('T1 bert 1 3');
  });

  test('is the first user of any order without an initial order', () => {
    const redraw = { origin: 'redraw' };
    expect(shown(of(null, 1, redraw), of('anna', 2, redraw), of('bert', 3, redraw))).toBe(
      'T1 anna 1 2; O3 bert 3',
    );
  });

  test('is the registered user of the newest order that has one, without an own user', () => {
    const facts = [
      registered(1, 1, march(1), { userId: 'anna' }),
      registered(2, 1, march(2), { userId: 'bert' }),
    ];
    expect(shown(of(null, 1), of(null, 2), ...facts)).toBe('T1 bert 1 2');
    expect(shown(of('carl', 1), ...facts)).toBe('T1 carl 1 2');
  });
});

describe('an order of another user', () => {
  const initial = of('anna', 1, {}, 'redraw_available');
  const stranger = of('bert', 2, { origin: 'redraw', missing_results: [{ name: 'HDL' }] }, 'completed');

  test('fills no slot, is alone under its own id, and both transactions have the anomaly', () => {
    const { orders, transactions } = expectedState([initial, stranger]);
    expect(transactions.get(transactionId(1))).toMatchObject({
      rule: 'R/none',
      updated_at: march(11),
      orders: [{ id: orderId(1) }],
    });
    expect(transactions.get(orderId(2))).toMatchObject({ rule: 'unseen/C', user_id: 'bert' });
    expect(orders.get(orderId(1))?.order_transaction_id).toBe(transactionId(1));
    expect(orders.get(orderId(2))?.order_transaction_id).toBe(orderId(2));
    const both = [orderId(2), march(2)];
    expect(different(initial, stranger)).toEqual([both, both]);
  });

  test('reports nothing about the others that counts', () => {
    const list = transaction(1, 'cancelled', [
      { id: orderId(1), low_level_status: 'cancelled', low_level_status_created_at: march(29) },
    ]);
    const claims = of('bert', 2, { origin: 'redraw', order_transaction: list });
    const [transactionOfAnna] = expectedState([initial, claims]).transactions.values();
    expect(transactionOfAnna).toMatchObject({
      rule: 'R/none',
      reported_status: 'active',
      status: 'active',
    });
  });

  test('returns when its newest payload names the owner', () => {
    const corrected = of('anna', 2, { origin: 'redraw', updated_at: march(20) }, 'completed');
    expect(shown(initial, stranger, corrected)).toBe('T1 anna 1 2');
    expect(different(initial, stranger, corrected)).toEqual([[]]);
  });

  test('without a user stays', () => {
    expect(shown(initial, of(null, 2))).toBe('T1 anna 1 2');
  });
});

describe('test kits', () => {
  test('can differ: the newest of them names the owner, and the others are only noted', () => {
    const facts = [kit('shop', 1), kit('anna', 2, { origin: 'recreation' })];
    expect(shown(...facts)).toBe('T1 anna 1 2');
    expect(different(...facts)).toEqual([[orderId(1), march(1)]]);
    const tied = [{ created_at: march(20), id: 9, status: fullStatus('registered', 'testkit') }];
    expect(shown(kit('shop', 1, { events: tied }), kit('anna', 2, { events: tied }))).toBe('T1 anna 1 2');
  });

  test('do not keep another kind of order, and are not kept by a walk-in order that owns the transaction', () => {
    expect(shown(kit('shop', 1), kit('anna', 2), of('shop', 3, { origin: 'redraw' }))).toBe(
      'T1 anna 1 2; O3 shop 3',
    );
    expect(shown(of('anna', 1), kit('shop', 2, { origin: 'redraw' }))).toBe('T1 anna 1; O2 shop 2');
  });
});
