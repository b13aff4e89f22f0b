/** Edge cases of joining: absent values, ties, and reports by other orders. */
import { describe, expect, test } from 'vitest';
import { contributionOf } from '../../../../core/domain/members/contribution.ts';
import {
  type Arrival,
  arrivalOf,
  learnedEvents,
  missedEvents,
} from '../../../../core/domain/order/arrivals.ts';
import { distinctEvents, newestEvent } from '../../../../core/domain/order/order-event.ts';
import { statusOf } from '../../../../core/domain/order/order-record.ts';
import { byKey, compareKeys, greatest } from '../../../../core/domain/sort-keys.ts';
import { at, brings, event, orderId, record, sibling, transactionFrom } from '../order-records.ts';

const MISSING = { name: 'HDL', slug: null, failure_type: null, loinc: null };

describe('a contribution', () => {
  test('has everything in the snapshot, and nothing without one', () => {
    const snapshot = { modality: 'testkit', missing_results: [MISSING], origin: 'redraw', team_id: 'team' };
    const registered = { at: at(4), transaction_id: 't', user_id: null, client_user_id: null };
    expect(contributionOf(record(1, { snapshot, registered }))).toMatchObject({
      ...snapshot,
      registered_at: at(4),
    });
    expect(contributionOf(record(1, { snapshot: null }))).toMatchObject({
      modality: null,
      missing_results: [],
      origin: null,
      team_id: null,
      registered_at: null,
    });
  });

  test('has the progress of an order, but not of an initial one that is over', () => {
    const over = { snapshot: { origin: 'initial' }, events: [event(1, 'completed.walk_in_test.completed')] };
    expect(contributionOf(record(1, over)).progress).toBeNull();
    expect(contributionOf(record(1, { ...over, snapshot: { origin: 'redraw' } })).progress).not.toBeNull();
    expect(contributionOf(record(1, { snapshot: { origin: 'initial' } })).progress).not.toBeNull();
    expect(contributionOf(record(1, { snapshot: { origin: 'redraw' } })).progress).not.toBeNull();
    expect(contributionOf(record(1, { snapshot: null })).progress).not.toBeNull();
  });

  test('reports each anomaly once, at its earliest time, and can report several kinds', () => {
    const cancelledTwice = ['cancelled', 'ordered', 'cancelled', 'ordered'].map((low, n) =>
      event(n, `${low === 'cancelled' ? 'cancelled' : 'received'}.walk_in_test.${low}`),
    );
    const completed = [
      event(8, 'completed.walk_in_test.completed'),
      event(9, 'received.walk_in_test.ordered'),
    ];
    expect(contributionOf(record(1, { events: [...cancelledTwice, ...completed] })).anomalies).toEqual([
      { code: 'reinstated_after_cancelled', at: at(1) },
      { code: 'reopened_after_completed', at: at(9) },
    ]);
  });
});

describe('keys', () => {
  test('compare part by part, a prefix before a longer key', () => {
    expect(compareKeys([1], [1])).toBe(0);
    expect(compareKeys([1], [1, 0])).toBeLessThan(0);
    expect(compareKeys([1, 0], [1])).toBeGreaterThan(0);
    expect(compareKeys([2], [1, 9])).toBeGreaterThan(0);
    expect(compareKeys(['a', 2], ['a', 10])).toBeLessThan(0);
    expect(compareKeys([], ['a'])).toBeLessThan(0);
    expect([3, 1, 2].sort(byKey((n) => [n]))).toEqual([1, 2, 3]);
  });

  test('that are equal: the first item is the greatest', () => {
    const [a, b] = [{ name: 'a' }, { name: 'b' }];
    expect(greatest([a, b], () => [1])).toBe(a);
    expect(greatest([a, b], ({ name }) => [name])).toBe(b);
    expect(greatest([], () => [1])).toBeUndefined();
  });
});

describe('event ids', () => {
  test.each([
    ['', '0'],
    ['9', '10'],
    ['99', '100'],
    ['12', '21'],
    ['7', 'a'],
    ['123', '1a2'],
    ['5', 'x5'],
    ['a', 'b'],
  ])('%j sorts before %j', (before, after) => {
    const [first, second] = [event(1, 's', 0, before), event(1, 's', 0, after)];
    expect(newestEvent([first, second])).toBe(second);
    expect(newestEvent([second, first])).toBe(second);
    expect(distinctEvents([second, first])).toEqual([first, second]);
  });
});

test('a client user id that comes with another user does not apply to the order', () => {
  const of = (user_id: string | null) =>
    transactionFrom(brings(1, { snapshot: { user_id: 'u' }, clientUser: { user_id, client_user_id: 'c' } }))
      .client_user_id;
  expect([of('u'), of(null), of('other')]).toEqual(['c', 'c', null]);
});

describe('a report by another order', () => {
  const silent = { snapshot: null };
  const listing = (...siblings: ReturnType<typeof sibling>[]) =>
    transactionFrom(brings(1, { siblings }), brings(2, silent), brings(3, silent));
  const order = (transaction: ReturnType<typeof transactionFrom>, n: number) =>
    transaction.orders.find(({ id }) => id === orderId(n));

  test('about an order outside the transaction has no effect', () => {
    const siblings = [sibling(2, { status: 'ordered', status_at: at(2) })];
    expect(transactionFrom(brings(1, { siblings })).orders.map(({ id }) => id)).toEqual([orderId(1)]);
  });

  test('applies only to the order that it names', () => {
    const heard = listing(
      sibling(2, { status: 'ordered', status_at: at(2) }),
      sibling(3, { status: 'lost', status_at: at(9) }),
    );
    expect(order(heard, 2)).toMatchObject({
      low_level_status: 'ordered',
      low_level_status_created_at: at(2),
    });
    expect(order(heard, 3)).toMatchObject({ low_level_status: 'lost', low_level_status_created_at: at(9) });
  });

  test('without a status reports no status, and without an origin no origin', () => {
    const heard = listing(
      sibling(2, { status: 'ordered', status_at: at(2), origin: 'redraw' }),
      sibling(2, { status_at: at(9), created_at: at(1) }),
    );
    expect(order(heard, 2)).toMatchObject({
      low_level_status: 'ordered',
      origin: 'redraw',
      created_at: at(1),
    });
  });

  test('without a time counts as the oldest', () => {
    const heard = listing(
      sibling(2, { status: 'completed', origin: 'redraw' }),
      sibling(2, { status: 'ordered', status_at: at(2), origin: 'initial' }),
    );
    expect(order(heard, 2)).toMatchObject({ low_level_status: 'ordered', origin: 'initial' });
  });

  test('counts less than a record with a status, but more than one without', () => {
    const told = { siblings: [sibling(2, { status: 'ordered' })] };
    const high = transactionFrom(brings(1, told), brings(2, { snapshot: { status: 'failed' } }));
    expect(order(high, 2)).toMatchObject({ status: null, low_level_status: 'ordered' });
    const unheard = transactionFrom(brings(2, { snapshot: { status: 'failed' } }));
    expect(order(unheard, 2)).toMatchObject({ status: 'failed', low_level_status: null });
    expect(
      order(transactionFrom(brings(1, told), brings(2, { snapshot: { modality: 'testkit' } })), 2),
    ).toMatchObject({
      low_level_status: 'ordered',
      modality: 'testkit',
    });
  });

  test('about the order itself counts without events; of two, the later stage counts', () => {
    const siblings = [
      sibling(1, { status: 'ordered', status_at: at(2) }),
      sibling(1, { status: 'cancelled', status_at: at(2) }),
      sibling(1, { status: 'completed' }),
      sibling(1),
    ];
    expect(statusOf(record(1, { siblings }))).toEqual({
      status: null,
      low_level_status: 'cancelled',
      low_level_status_created_at: at(2),
    });
  });
});

describe('the arrivals of events', () => {
  const events = [event(1, 'a', 0, '1'), event(2, 'b', 1, ''), event(3, 'c', 2, '3')];
  const [first, second, third] = events;

  test('are identified by the newest event of each payload', () => {
    expect(arrivalOf(events, 'webhook', at(9))).toEqual({ by: 'webhook', newest: '3', at: at(9) });
    expect(arrivalOf(events.slice(0, 2), 'api', at(9))).toEqual({ by: 'api', newest: at(2), at: at(9) });
    expect(arrivalOf([], 'webhook', at(9))).toBeNull();
  });

  test('an event is missed if no webhook had it as the newest, whatever else reported it', () => {
    const arrivals = [
      { by: 'webhook', newest: '3', at: at(9) },
      { by: 'webhook', newest: at(2), at: at(8) },
      { by: 'api', newest: '1', at: at(7) },
    ] as const;
    expect(missedEvents(record(1, { events, arrivals }))).toEqual([first]);
  });

  test('an event arrives first with a payload that has it or a later event as the newest', () => {
    const arrivals = [
      { by: 'webhook', newest: '3', at: at(9) },
      { by: 'api', newest: at(2), at: at(8) },
    ] as const;
    expect(learnedEvents(record(1, { events, arrivals }))).toEqual([
      { ...first, learned_at: at(8), learned_from: 'api' },
      { ...second, learned_at: at(8), learned_from: 'api' },
      { ...third, learned_at: at(9), learned_from: 'webhook' },
    ]);
    const learned = (list: readonly Arrival[]) =>
      learnedEvents(record(1, { events, arrivals: list })).map(({ learned_at }) => learned_at);
    expect(learned([...arrivals].reverse())).toEqual([at(8), at(8), at(9)]);
    expect(learnedEvents(record(1, { events, arrivals: [] }))).toEqual(
      events.map((one) => ({ ...one, learned_at: null, learned_from: null })),
    );
  });

  test('the cost grows linearly with the number of events', () => {
    const looksAt = (count: number): number => {
      let looks = 0;
      const many = Array.from({ length: count }, (_, place) => ({
        created_at: at(1),
        position: place,
        status: 'a',
        get id() {
          looks += 1;
          return String(place);
        },
      }));
      const arrivals = many.map((_, place) => ({ by: 'api', newest: String(place), at: at(9) }) as const);
      learnedEvents(record(1, { events: many, arrivals }));
      return looks;
    };
    expect(looksAt(1_000)).toBeLessThan(20 * looksAt(100));
  });
});
