import { describe, expect, test } from 'vitest';
import { slotsOf } from '../../../../core/domain/members/slots.ts';
import type { TransactionOrder } from '../../../../core/domain/members/transaction-orders.ts';
import { orderId, transactionOrder } from '../order-records.ts';

/** An order in short form: its number, origin, parent's number and low-level status. */
function order(
  n: number,
  origin: string | null,
  parent: number | null = null,
  low = 'ordered',
): TransactionOrder {
  const parent_id = parent === null ? null : orderId(parent);
  return transactionOrder(n, { origin, parent_id, low_level_status: low });
}

const numberOf = (one: TransactionOrder | null) => (one === null ? null : Number(one.id.slice(-12)));

/** The numbers of the orders in the slots. */
function slots(...orders: TransactionOrder[]) {
  const found = slotsOf(orders);
  return {
    initial: numberOf(found.initial),
    redraw: numberOf(found.redraw),
    chain: found.initialChain.map(numberOf),
    anomalies: found.anomalies.map(({ code, order: shown }) => `${code} ${numberOf(shown)}`),
  };
}

const none = { redraw: null, anomalies: [] };

describe('the role of an order', () => {
  test('follows from its origin', () => {
    expect(slots(order(1, 'initial'), order(2, 'redraw', 1))).toEqual({
      initial: 1,
      redraw: 2,
      chain: [1],
      anomalies: [],
    });
  });

  test('is redraw if its parent is in redraw_available', () => {
    const initial = order(1, 'initial', null, 'redraw_available');
    for (const origin of [null, 'unheard_of']) {
      expect(slots(initial, order(2, origin, 1))).toEqual({
        initial: 1,
        redraw: 2,
        chain: [1],
        anomalies: [],
      });
    }
  });

  test('is recreation if its parent is in any other state', () => {
    for (const low of ['ordered', 'cancelled', 'sample_error', 'completed', 'teleported']) {
      const initial = order(1, 'initial', null, low);
      expect(slots(initial, order(2, null, 1))).toEqual({ ...none, initial: 2, chain: [1, 2] });
    }
  });

  test('is initial for the first order without origin and parent, if there is no initial order', () => {
    expect(slots(order(1, null))).toEqual({ ...none, initial: 1, chain: [1] });
    expect(slots(order(1, null), order(2, null))).toEqual({
      initial: 1,
      redraw: 2,
      chain: [1],
      anomalies: ['unknown_origin 2'],
    });
    expect(slots(order(1, 'redraw'), order(2, null))).toEqual({
      initial: 2,
      redraw: 1,
      chain: [2],
      anomalies: [],
    });
  });

  test('is redraw for every other order', () => {
    expect(slots(order(1, 'initial'), order(2, null), order(3, 'unheard_of'))).toEqual({
      initial: 1,
      redraw: 3,
      chain: [1],
      anomalies: ['unknown_origin 2', 'unknown_origin 3', 'second_redraw 3'],
    });
  });

  test('does not follow from a parent in another transaction, nor from the order itself', () => {
    expect(slots(order(1, null, 99))).toEqual({ ...none, initial: 1, chain: [1] });
    expect(slots(order(1, null, 1))).toEqual({ ...none, initial: 1, chain: [1] });
    expect(slots(order(1, null, 1, 'redraw_available'))).toEqual({ ...none, initial: 1, chain: [1] });
  });
});

describe('a recreation', () => {
  test('replaces its parent, and can be replaced by its own recreation', () => {
    expect(slots(order(1, 'initial'), order(2, 'recreation', 1), order(3, 'recreation', 2))).toEqual({
      ...none,
      initial: 3,
      chain: [1, 2, 3],
    });
  });

  test('replaces its parent in the redraw slot too', () => {
    expect(slots(order(1, 'initial'), order(2, 'redraw', 1), order(3, 'recreation', 2))).toEqual({
      initial: 1,
      redraw: 3,
      chain: [1],
      anomalies: [],
    });
  });

  test('is the last one if a parent has several', () => {
    expect(slots(order(1, 'initial'), order(2, 'recreation', 1), order(3, 'recreation', 1))).toEqual({
      ...none,
      initial: 3,
      chain: [1, 3],
    });
  });

  test('without a parent replaces the last order before it that is not a recreation', () => {
    expect(slots(order(1, 'initial'), order(2, 'recreation'), order(3, 'redraw', 1))).toEqual({
      initial: 2,
      redraw: 3,
      chain: [1, 2],
      anomalies: [],
    });
    expect(slots(order(1, 'initial'), order(2, 'redraw', 1), order(3, 'recreation', 99))).toEqual({
      initial: 1,
      redraw: 3,
      chain: [1],
      anomalies: [],
    });
  });

  test('without an earlier order is an initial order, which later ones can replace', () => {
    expect(slots(order(1, 'recreation'))).toEqual({ ...none, initial: 1, chain: [1] });
    expect(slots(order(1, 'recreation', 99), order(2, 'recreation'))).toEqual({
      ...none,
      initial: 2,
      chain: [1, 2],
    });
    expect(slots(order(1, 'recreation', 1))).toEqual({ ...none, initial: 1, chain: [1] });
  });

  test('replaces its parent even if it is older', () => {
    expect(slots(order(1, 'recreation', 2), order(2, 'initial'))).toEqual({
      ...none,
      initial: 1,
      chain: [2, 1],
    });
  });

  test('without a parent beside an initial order is a second initial order', () => {
    expect(slots(order(1, 'recreation'), order(2, 'initial'))).toEqual({
      ...none,
      initial: 2,
      chain: [2],
      anomalies: ['second_initial 2'],
    });
  });
});

test('of several recreations without a parent, the last one replaces the order that all of them replace', () => {
  expect(slots(order(1, 'initial'), order(2, 'recreation'), order(3, 'recreation'))).toEqual({
    ...none,
    initial: 3,
    chain: [1, 3],
  });
});

describe('recreations in a cycle', () => {
  test('end where the cycle closes', () => {
    const [second, third] = [order(2, 'recreation', 3), order(3, 'recreation', 2)];
    expect(slots(order(1, 'initial'), second, third)).toEqual({ ...none, initial: 1, chain: [1] });
  });

  test('without any other order make the first one the initial order, replaced by its successor', () => {
    expect(slots(order(1, 'recreation', 2), order(2, 'recreation', 1))).toEqual({
      ...none,
      initial: 2,
      chain: [1, 2],
    });
    const [first, second, third] = [order(1, null, 3), order(2, null, 1), order(3, null, 2)];
    expect(slots(first, second, third)).toEqual({ ...none, initial: 3, chain: [1, 2, 3] });
  });

  test('beside a redraw leave the initial slot empty', () => {
    expect(slots(order(1, 'recreation', 2), order(2, 'recreation', 1), order(3, 'redraw'))).toEqual({
      initial: null,
      redraw: 3,
      chain: [],
      anomalies: [],
    });
  });
});

describe('more than one', () => {
  test('initial order: the last one counts, with an anomaly', () => {
    expect(slots(order(1, 'initial'), order(2, 'initial'), order(3, 'initial'))).toEqual({
      ...none,
      initial: 3,
      chain: [3],
      anomalies: ['second_initial 3'],
    });
  });

  test('redraw: the last one counts, with an anomaly', () => {
    expect(slots(order(1, 'initial'), order(2, 'redraw', 1), order(3, 'redraw', 1))).toEqual({
      initial: 1,
      redraw: 3,
      chain: [1],
      anomalies: ['second_redraw 3'],
    });
  });

  test('redraw: a recreation of the earlier one does not restore it', () => {
    expect(
      slots(order(1, 'initial'), order(2, 'redraw', 1), order(3, 'redraw', 1), order(4, 'recreation', 2)),
    ).toEqual({ initial: 1, redraw: 3, chain: [1], anomalies: ['second_redraw 3'] });
  });
});

test('both slots are empty without orders', () => {
  expect(slots()).toEqual({ ...none, initial: null, chain: [] });
});
