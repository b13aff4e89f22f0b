import { describe, expect, test } from 'vitest';
import {
  answered,
  appointment,
  delivered,
  enveloped,
  event,
  listed,
  march,
  orderId,
  registered,
  transaction,
  transactionId,
  USER,
  walkIn,
} from './bodies.ts';
import { expectedState } from './oracle.ts';
import type { Fact } from './reading/facts.ts';
import type { Json } from './reading/spelling.ts';

/** Order `n` after an event of that day, in transaction `of`, which lists these orders. */
function named(n: number, of: number, day: number, orders: Json[] = [], fields: Json = {}): Fact {
  const events = [event(day, 'ordered', march(day))];
  return delivered(walkIn(n, events, { order_transaction: transaction(of, null, orders), ...fields }));
}

const unnamed = (n: number) => delivered(walkIn(n, [event(n, 'ordered', march(n))]));
const at = (n: number, day: number | null = null) => listed(n, 'ordered', day === null ? null : march(day));

/** The orders of each transaction, by the last digits of all ids: `1: T1 T2` means "transaction 1 holds orders 1 and 2". */
function places(...facts: Fact[]): string[] {
  return [...expectedState(facts).transactions.values()].map(({ id, orders }) =>
    [short(id), ...orders.map((order) => short(order.id))].join(' '),
  );
}

const short = (id: string) => `${id.startsWith('7a') ? 'T' : 'O'}${Number(id.slice(-4))}`;

function conflicts(...facts: Fact[]): string[] {
  return [...expectedState(facts).transactions.values()].flatMap(({ id, anomalies }) =>
    anomalies
      .filter(({ code }) => code === 'transaction_conflict')
      .map(({ order_id, first_seen_at }) => `${short(order_id)} in ${short(id)} since ${first_seen_at}`),
  );
}

describe('an own claim', () => {
  test('comes from the newest payload that names a transaction, there and back', () => {
    const [first, moved, back] = [named(1, 1, 1), named(1, 2, 2), named(1, 1, 3)];
    expect(places(first)).toEqual(['T1 O1']);
    expect(places(first, moved)).toEqual(['T2 O1']);
    expect(places(back, first, moved)).toEqual(['T1 O1']);
    expect(conflicts(back, first, moved)).toEqual([]);
    const silent = delivered(walkIn(1, [event(9, 'completed', march(9))]));
    expect(places(first, moved, silent)).toEqual(['T2 O1']);
  });

  test('can come from an appointment, with the rank of that', () => {
    const visit = (day: number) =>
      delivered(
        enveloped(
          appointment(1, 1, {
            order_transaction_id: transactionId(3),
            events: [{ created_at: march(day), status: 'scheduled' }],
          }),
          { event_type: 'labtest.appointment.updated' },
        ),
      );
    expect(places(named(1, 1, 2), visit(3))).toEqual(['T3 O1']);
    expect(places(named(1, 1, 2), visit(1))).toEqual(['T1 O1']);
  });

  test('can come from an answer that names none: it names the transaction that led to the request', () => {
    const answer = answered(walkIn(1, [event(1, 'ordered', march(1))]), march(4), transactionId(2));
    expect(places(answer)).toEqual(['T2 O1']);
    expect(places(answer, named(1, 1, 1))).toEqual(['T2 O1']);
    expect(places(answer, named(1, 1, 5))).toEqual(['T1 O1']);
  });

  test('is missing in an unclaimed order, which is alone under its own id', () => {
    const [order] = expectedState([unnamed(1)]).orders.values();
    expect(places(unnamed(1), unnamed(2))).toEqual(['O1 O1', 'O2 O2']);
    expect(order?.order_transaction_id).toBeNull();
  });
});

describe('a listed claim', () => {
  test('counts less than an own one, whatever their times', () => {
    const lister = named(2, 2, 9, [at(1, 9)]);
    expect(places(unnamed(1), lister)).toEqual(['T2 O1 O2']);
    expect(places(named(1, 1, 1), lister)).toEqual(['T1 O1', 'T2 O2']);
    expect(conflicts(named(1, 1, 1), lister)).toEqual([]);
  });

  test('comes from the list with the newest fact, then from that of the greatest order', () => {
    const wrong = named(2, 2, 4, [at(1)]);
    expect(places(unnamed(1), wrong, named(3, 3, 5, [at(1)]))).toEqual(['T2 O2', 'T3 O1 O3']);
    expect(places(unnamed(1), wrong, named(3, 3, 4, [at(1)]))).toEqual(['T2 O2', 'T3 O1 O3']);
    expect(places(unnamed(1), named(2, 2, 4, [at(1, 6)]), named(3, 3, 5, [at(1)]))).toEqual([
      'T2 O1 O2',
      'T3 O3',
    ]);
  });

  test('leaves an order where one listed it last, even after that one has moved away', () => {
    expect(places(named(2, 1, 2, [at(1, 1)]), named(2, 2, 3))).toEqual(['T1 O1', 'T2 O2']);
  });

  test('puts an order into no second transaction', () => {
    const facts = [named(1, 1, 1, [at(3, 1)]), named(2, 2, 2, [at(3, 2)])];
    expect(places(...facts)).toEqual(['T1 O1', 'T2 O2 O3']);
    expect(expectedState(facts).orders.has(orderId(3))).toBe(false);
  });

  test('reports in a list count only among the orders of one transaction', () => {
    const [first, second] = [
      ...expectedState([
        named(1, 1, 1),
        named(2, 2, 2, [listed(1, 'completed', march(20))]),
      ]).transactions.values(),
    ];
    expect(first).toMatchObject({ rule: 'P/none', orders: [{ low_level_status: 'ordered' }] });
    expect(second?.orders).toHaveLength(1);
  });
});

describe('a registered claim', () => {
  test('counts less than every other, and a later registration replaces an earlier one', () => {
    const wrong = registered(1, 1, march(1));
    expect(places(wrong)).toEqual(['T1 O1']);
    expect(places(wrong, unnamed(1))).toEqual(['T1 O1']);
    expect(places(registered(1, 2, march(2)), wrong)).toEqual(['T2 O1']);
    expect(places(wrong, named(1, 2, 1))).toEqual(['T2 O1']);
    expect(places(wrong, named(2, 2, 1, [at(1)]))).toEqual(['T2 O1 O2']);
    expect(conflicts(wrong, named(1, 2, 5))).toEqual([`O1 in T2 since ${march(1)}`]);
    expect(conflicts(wrong, named(2, 2, 1, [at(1)]))).toEqual([`O1 in T2 since ${march(1)}`]);
    expect(conflicts(wrong, named(1, 1, 1), named(2, 2, 1, [at(1)]))).toEqual([]);
    expect(conflicts(wrong, named(1, 2, 5), registered(1, 2, march(2)))).toEqual([]);
  });

  test('an order that was only registered is in progress since its registration', () => {
    const state = expectedState([registered(1, 1, march(3), { userId: 'u', clientUserId: 'c' })]);
    expect(state.transactions.get(transactionId(1))).toMatchObject({
      status: 'active',
      rule: 'P/none',
      user_id: 'u',
      client_user_id: 'c',
      created_at: march(3),
      updated_at: march(3),
      orders: [{ id: orderId(1), low_level_status: null, low_level_status_created_at: null }],
    });
    expect(state.orders.get(orderId(1))).toMatchObject({
      order_transaction_id: transactionId(1),
      user_id: 'u',
      client_user_id: 'c',
    });
  });

  test('its users count where Junction names none, and are replaced together', () => {
    const people = (...facts: Fact[]) => {
      const { orders, transactions } = expectedState(facts);
      const order = orders.get(orderId(1));
      const [only] = transactions.values();
      expect([only?.user_id, only?.client_user_id]).toEqual([order?.user_id, order?.client_user_id]);
      return `${order?.user_id} ${order?.client_user_id}`;
    };
    const wrong = registered(1, 1, march(1), { userId: 'wrong', clientUserId: 'theirs' });
    const own = (fields: Json) => named(1, 1, 2, [], fields);
    expect(people(wrong, own({ user_id: null }))).toBe('wrong theirs');
    expect(people(wrong, own({}))).toBe(`${USER} null`);
    expect(people(wrong, own({ client_user_id: 'c' }))).toBe(`${USER} c`);
    expect(people(registered(1, 1, march(1), { clientUserId: 'c' }), own({}))).toBe(`${USER} c`);
  });
});
