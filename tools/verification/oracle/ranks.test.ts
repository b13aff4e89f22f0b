import { describe, expect, test } from 'vitest';
import {
  answered,
  delivered,
  enveloped,
  event,
  listed,
  march,
  orderId,
  transaction,
  USER,
  walkIn,
} from './bodies.ts';
import { expectedState, expectedStates } from './oracle.ts';
import type { ExpectedOrder } from './order-truth.ts';
import type { Delivery } from './reading/facts.ts';
import type { Json } from './reading/spelling.ts';

function first(...sent: (Json | Delivery)[]): ExpectedOrder {
  const deliveries = sent.map((one) => ('receivedAt' in one ? (one as Delivery) : delivered(one)));
  const order = expectedState(deliveries).orders.get(orderId(1));
  if (!order) throw new Error('the order was not stored');
  return order;
}

describe('the snapshot of greatest rank', () => {
  const ordered = event(1, 'ordered', march(1));
  const [one, other] = [{ has_missing_results: true }, { has_missing_results: false }];

  test.each<[string, Json, Json]>([
    ['newest event', walkIn(1, [ordered], one), walkIn(1, [event(2, 'completed', march(2))], other)],
    [
      'number of events',
      walkIn(1, [event(2, 'completed', march(2)), event(2, 'completed', march(2))], {
        ...one,
        updated_at: march(9),
      }),
      walkIn(1, [ordered, event(2, 'completed', march(2))], other),
    ],
    ['updated_at', walkIn(1, [ordered], one), walkIn(1, [ordered], { ...other, updated_at: march(2) })],
    [
      'presence of a transaction',
      walkIn(1, [ordered], one),
      walkIn(1, [ordered], { ...other, order_transaction: transaction(1, null, []) }),
    ],
    [
      'newest fact in the transaction',
      walkIn(1, [ordered], {
        ...one,
        order_transaction: transaction(1, null, [listed(2, 'ordered', march(3))]),
      }),
      walkIn(1, [ordered], {
        ...other,
        order_transaction: transaction(1, null, [listed(2, 'lost', march(4))]),
      }),
    ],
  ])('%s', (_why, lesser, greater) => {
    expect(first(lesser, greater).has_missing_results).toBe(false);
    expect(first(greater, lesser).has_missing_results).toBe(false);
  });

  test('an answer counts more than every webhook with the same events, and a later answer more than an earlier one', () => {
    const webhook = walkIn(1, [ordered], { ...one, updated_at: march(9) });
    const asked = (at: number, expected: string) =>
      answered(walkIn(1, [ordered], { ...other, expected_result_by_date: expected }), march(at));
    for (const sent of [
      [asked(4, '2026-03-09'), delivered(webhook), asked(5, '2026-03-10')],
      [asked(5, '2026-03-10'), asked(4, '2026-03-09'), delivered(webhook)],
    ]) {
      expect(first(...sent)).toMatchObject({
        has_missing_results: false,
        expected_result_by_date: '2026-03-10',
      });
      expect(expectedState(sent).ties.size).toBe(0);
    }
    const later = walkIn(1, [ordered, event(2, 'completed', march(6))], one);
    expect(first(asked(5, '2026-03-10'), later).has_missing_results).toBe(true);
  });

  test('updated_at more than an hour ahead does not count, but is shown', () => {
    const ahead = walkIn(1, [ordered], { ...one, updated_at: march(3, '09:00:01') });
    const now = walkIn(1, [ordered], { ...other, updated_at: march(2) });
    expect(first(delivered(ahead, march(3)), delivered(now, march(3))).has_missing_results).toBe(false);
    expect(first(delivered(ahead, march(3, '08:00:01')), delivered(now)).has_missing_results).toBe(true);
    expect(first(delivered(ahead, march(3))).updated_at).toBe(march(3, '09:00:01'));
  });

  test('a tie is reported, and both ways of deciding it are correct', () => {
    const sent = [walkIn(1, [ordered], one), walkIn(1, [ordered], other)].map((body) => delivered(body));
    const { ties } = expectedState(sent);
    expect([...ties.values()]).toEqual([2]);
    const [tie = ''] = ties.keys();
    const settled = [0, 1].map((choice) => expectedState(sent, new Map([[tie, choice]])));
    const flags = settled.map((state) => state.orders.get(orderId(1))?.has_missing_results);
    expect(new Set(flags)).toEqual(new Set([true, false]));
  });

  test('a payload has one digest: in a tie, snapshot and claim come from the same payload', () => {
    const named = (n: number, fields: Json) =>
      delivered(walkIn(1, [ordered], { ...fields, order_transaction: transaction(n, null, []) }));
    const states = [...expectedStates([named(1, one), named(2, other)])];
    const told = states.map(({ orders }) => orders.get(orderId(1)));
    expect(
      told.map((order) => [order?.has_missing_results, order?.order_transaction_id?.at(-1)]).sort(),
    ).toEqual([
      [false, '2'],
      [true, '1'],
    ]);
  });
});

describe('client users', () => {
  const named = enveloped(walkIn(1, [event(1, 'ordered', march(1))]), { client_user_id: 'a' });
  const alsoNamed = walkIn(1, [event(1, 'ordered', march(1))], { client_user_id: 'b', updated_at: march(2) });
  const later = (user: string) => walkIn(1, [event(2, 'completed', march(3))], { user_id: user });

  test('the newest payload that states one wins; it follows its user', () => {
    expect(first(named, later(USER)).client_user_id).toBe('a');
    expect(first(named, alsoNamed, later(USER)).client_user_id).toBe('b');
    expect(first(alsoNamed, named, later(USER)).client_user_id).toBe('b');
    expect(first(named, later('someone else')).client_user_id).toBeNull();
  });

  test('the pair comes from the order, otherwise from the envelope, each with the user of the other if it has none', () => {
    const both = enveloped(walkIn(1, [], { client_user_id: 'inner' }), { client_user_id: 'outer' });
    expect(first(both).client_user_id).toBe('inner');
    const outer = enveloped(walkIn(1, [], { user_id: 'inner' }), { client_user_id: 'c', user_id: null });
    expect(first(outer).client_user_id).toBe('c');
    const ofAnother = enveloped(walkIn(1, [], { user_id: 'inner' }), {
      client_user_id: 'c',
      user_id: 'outer',
    });
    expect(first(ofAnother).client_user_id).toBeNull();
    expect(first({ id: orderId(1), client_user_id: 'c' }, later('someone else')).client_user_id).toBe('c');
  });
});
