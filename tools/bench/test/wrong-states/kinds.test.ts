/** The judge of the benchmark: a peer with a known fault is wrong in the right way, and a right one is not. */
import { expect, test } from 'vitest';
import { MIXED_UP_SCRIPTS, type Script } from '../../../sandbox/journeys/catalogue.ts';
import { journey } from '../../../sandbox/journeys/journeys.ts';
import { readOrder } from '../../peers/junction/order.ts';
import { transactionsOf } from '../../peers/junction/transaction.ts';
import { kindOf, type RightTransaction, rightStates, wrongOnes } from '../../wrong-states/kinds.ts';
import { faultsIn } from '../../wrong-states/states-table.ts';
import type { WrongStates } from '../../wrong-states/wrong-states.ts';

const order = (id: string, userId = 'user') => ({ id, userId });

const right: RightTransaction = {
  status: 'completed',
  documented: true,
  orders: [order('first'), order('second')],
  redraw: { orderId: 'second', open: false },
};

test('a right transaction has no kind', () => {
  expect(kindOf(right, right)).toBeNull();
});

test.each([
  ['two patients', { orders: [...right.orders, order('stranger', 'somebody else')] }],
  ['redraw never linked', { redraw: { orderId: null, open: true }, status: 'active' }],
  ['redraw shown after it ended', { redraw: { orderId: 'second', open: true }, status: 'active' }],
  ['stuck open', { status: 'active' }],
  ['other', { status: 'cancelled' }],
  ['other', { orders: [...right.orders, order('third')] }],
] as const)('%s', (kind, seen) => {
  expect(kindOf(right, { ...right, ...seen })).toBe(kind);
});

test('falsely complete, missing, and a status that Junction does not document', () => {
  const open: RightTransaction = { ...right, status: 'active', redraw: { orderId: 'second', open: true } };
  expect(kindOf(open, { ...open, status: 'completed' })).toBe('falsely complete');
  expect(kindOf({ ...open, redraw: null }, undefined)).toBe('other');
  expect(kindOf({ ...open, documented: false }, { ...open, status: 'completed' })).toBeNull();
});

/** The orders of a journey as a peer ends that lets the last write win, after these webhooks. */
function lastWrites(bodies: readonly string[]) {
  const orders = bodies.flatMap((body) => readOrder(body) ?? []);
  return transactionsOf([...new Map(orders.map((one) => [one.id, one])).values()]);
}

test.each<[Script, string]>([
  ['walk_in_completed', 'stuck open'],
  ['redraw_completed', 'redraw shown after it ended'],
])(
  '%s: last-write-wins is right in order, and wrong if the first webhook is redelivered last',
  (script, kind) => {
    const { snapshots } = journey(script, 1, { spelling: 'documented' });
    const bodies = snapshots.map(({ payload }) => JSON.stringify(payload));
    const states = rightStates(bodies.map((body) => ({ body, receivedAt: '2026-01-01T00:00:00Z' })));
    expect([...wrongOnes(states, lastWrites(bodies))]).toEqual([]);
    const first = bodies.findLast((body) => readOrder(body)?.events.length === 1) ?? '';
    expect([...wrongOnes(states, lastWrites([...bodies, first])).values()]).toEqual([kind]);
  },
);

test.each(MIXED_UP_SCRIPTS)('%s: a peer that trusts the lists shows two patients', (script) => {
  const { snapshots } = journey(script, 1, { spelling: 'documented' });
  const bodies = snapshots.map(({ payload }) => JSON.stringify(payload));
  const states = rightStates(bodies.map((body) => ({ body, receivedAt: '2026-01-01T00:00:00Z' })));
  const [state = new Map<string, RightTransaction>()] = states;
  expect([...state.values()].map(({ orders }) => orders.length)).toEqual([1, 1]);
  // The order of the stranger has no transaction of its own there.
  expect([...wrongOnes(states, lastWrites(bodies)).values()].sort()).toEqual(['other', 'two patients']);
});

test('one wrong state of ours fails the benchmark, and those of others do not', () => {
  const state = { peer: 'redraw-tracker', wrong: 1, examples: ['journey transaction: stuck open'] } as const;
  expect(faultsIn([state as unknown as WrongStates])).toHaveLength(1);
  expect(faultsIn([{ ...state, peer: 'last-write-wins' } as unknown as WrongStates])).toEqual([]);
});
