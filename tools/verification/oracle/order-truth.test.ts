import { describe, expect, test } from 'vitest';
import {
  appointment,
  delivered,
  enveloped,
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  USER,
  walkIn,
} from './bodies.ts';
import { expectedState } from './oracle.ts';
import type { ExpectedOrder } from './order-truth.ts';
import type { Delivery } from './reading/facts.ts';
import { type Json, time } from './reading/spelling.ts';

function first(...sent: (Json | Delivery)[]): ExpectedOrder {
  const deliveries = sent.map((one) => ('receivedAt' in one ? (one as Delivery) : delivered(one)));
  const order = expectedState(deliveries).orders.get(orderId(1));
  if (!order) throw new Error('the order was not stored');
  return order;
}

test('an order, field by field', () => {
  const order = walkIn(
    1,
    [
      event(1, 'ordered', '2026-03-01 08:00:00'),
      { ...event(2, 'completed', '2026-03-05T08:00:00.25Z'), status_detail: 'of the last event' },
    ],
    {
      id: orderId(1).toUpperCase(),
      parent_id: orderId(9),
      expected_result_by_date: '2026-03-06',
      worst_case_result_by_date: '2026-03-07T00:00:00',
      has_missing_results: false,
      order_transaction: transaction(1, 'completed', []),
    },
  );
  expect(first(enveloped(order, { client_user_id: 'theirs' }))).toEqual({
    id: '0bde0000-0000-4000-8000-000000000001',
    order_transaction_id: '7a000000-0000-4000-8000-000000000001',
    origin: 'initial',
    parent_id: '0bde0000-0000-4000-8000-000000000009',
    modality: 'walk_in_test',
    status: 'completed',
    low_level_status: 'completed',
    low_level_status_created_at: '2026-03-05T08:00:00.250000Z',
    status_detail: 'of the last event',
    interpretation: null,
    user_id: USER,
    client_user_id: 'theirs',
    team_id: TEAM,
    lab_test: { id: '5a000000-0000-4000-8000-000000000001', name: 'Lipids', slug: 'lipids', lab: 'quest' },
    has_missing_results: false,
    expected_result_by_date: '2026-03-06',
    worst_case_result_by_date: '2026-03-07T00:00:00.000000Z',
    created_at: '2026-03-01T08:00:00.000000Z',
    updated_at: '2026-03-01T08:00:00.000000Z',
    events: [
      {
        id: 1,
        created_at: '2026-03-01T08:00:00.000000Z',
        status: 'received.walk_in_test.ordered',
        status_detail: null,
      },
      {
        id: 2,
        created_at: '2026-03-05T08:00:00.250000Z',
        status: 'completed.walk_in_test.completed',
        status_detail: 'of the last event',
      },
    ],
    appointments: [],
  });
});

test.each([
  ['2026-01-31T08:00:00Z', '2026-01-31T08:00:00.000000Z'],
  ['2026-01-31 08:00:00', '2026-01-31T08:00:00.000000Z'],
  ['2026-01-31T08:00:00.1z', '2026-01-31T08:00:00.100000Z'],
  ['2026-01-31T08:00:00.123456789+00:00', '2026-01-31T08:00:00.123456Z'],
  ['2026-01-31T08:00:00.000001+0000', '2026-01-31T08:00:00.000001Z'],
  ['2026-01-31 08:00:00+00', '2026-01-31T08:00:00.000000Z'],
  ['2026-01-31T22:30:00-05:30', '2026-02-01T04:00:00.000000Z'],
])('the time %s is %s', (spelled, normalised) => {
  expect(time(spelled)).toBe(normalised);
});

test.each([
  '',
  '2026-01-31',
  '31.01.2026',
  '2026-02-30T08:00:00Z',
  '2026-01-31T25:00:00Z',
  'soon',
  1_769_846_400,
])('%s is not a date-time', (spelled) => {
  expect(() => time(spelled)).toThrow('not a time');
});

describe('payloads', () => {
  const order = walkIn(1, [event(1, 'ordered', march(1))]);

  test('have the same meaning in all forms', () => {
    const bare = first(order);
    expect(bare.status).toBe('received');
    expect(first(enveloped(order))).toEqual(bare);
    expect(first({ event_type: 'labtest.order.created', data: order })).toEqual(bare);
    expect(first({ event_type: 'order_status_updated', data: order })).toEqual(bare);
  });

  test('that are not tracked are ignored, and unreadable ones are quarantined, each body once', () => {
    const raw = (body: string, receivedAt = '2026-06-01T00:00:00Z') => ({ body, receivedAt });
    const state = expectedState([
      delivered({ event_type: 'daily.data.sleep.created', data: 5 }),
      delivered({ event_type: 'labtest.result.critical', data: { order_id: orderId(1) } }),
      delivered({ event_type: 'labtest.match_review.created', data: {} }),
      raw('{'),
      raw('{', '2026-06-02T00:00:00Z'),
      raw('[]'),
      raw('{}'),
      delivered({ event_type: 'labtest.order.updated' }),
      delivered({ ...order, id: 'order-1' }),
      delivered({ ...order, created_at: 'yesterday' }),
      delivered({ ...order, user_id: 'u'.repeat(257) }),
      delivered({ ...order, events: [{ id: 1, status: 'received.walk_in_test.ordered', created_at: null }] }),
      delivered(
        enveloped(appointment(1, 1, { order_id: null }), { event_type: 'labtest.appointment.created' }),
      ),
    ]);
    expect(state).toMatchObject({ ignored: 1, quarantined: 9 });
    expect([state.orders.size, state.transactions.size]).toEqual([0, 0]);
  });
});

describe('status', () => {
  test.each([
    ['completed', 'completed', 'completed', null],
    ['failed.lost', 'failed', 'lost', null],
    ['received.testkit.testkit_registered', 'received', 'registered', 'testkit'],
    ['brewing.walk_in_test.stirred', 'brewing', 'stirred', 'walk_in_test'],
  ])('%s', (status, high, low, modality) => {
    const sent = { id: orderId(1), events: [{ id: 1, created_at: march(1), status }] };
    expect(first(sent)).toMatchObject({ status: high, low_level_status: low, modality });
  });

  test('events in the same second: the position in the list decides, then the id as a number', () => {
    const partial = event(9, 'partial_results', march(5));
    const completed = event(10, 'completed', march(5));
    expect(first(walkIn(1, [completed, partial])).low_level_status).toBe('partial_results');
    expect(first(walkIn(1, [partial]), walkIn(1, [completed])).low_level_status).toBe('completed');
    // It appears at positions 0 and 1: the greater one counts, and it is shown once.
    const both = first(walkIn(1, [partial, completed]), walkIn(1, [completed]), walkIn(1, [partial]));
    expect(both.events.map(({ id }) => id)).toEqual([9, 10]);
  });

  test('the order of ids does not matter, the times do', () => {
    const order = walkIn(1, [event(33, 'ordered', march(1)), event(4, 'completed', march(2))]);
    expect(first(order).low_level_status).toBe('completed');
  });

  test('last_event outside the list comes after it; inside the list it adds nothing', () => {
    const ordered = event(1, 'ordered', march(1));
    const cancelled = event(0, 'cancelled', march(1));
    expect(first(walkIn(1, [ordered], { last_event: cancelled })).low_level_status).toBe('cancelled');
    expect(first(walkIn(1, [ordered], { last_event: ordered })).events).toHaveLength(1);
    expect(first({ id: orderId(1), last_event: ordered }).low_level_status).toBe('ordered');
  });

  test('without events: the newest entry about the order itself, otherwise its top-level status', () => {
    const top = walkIn(1, [], {
      status: 'completed',
      order_transaction: transaction(1, null, [listed(1, null, null)]),
    });
    expect(first(top)).toMatchObject({
      status: 'completed',
      low_level_status: null,
      low_level_status_created_at: null,
    });
    const told = walkIn(1, [], {
      order_transaction: transaction(1, null, [listed(1, 'testkit_registered', march(2))]),
    });
    expect(first(top, told)).toMatchObject({
      status: null,
      low_level_status: 'registered',
      low_level_status_created_at: march(2),
    });
  });

  test('modality: details, then the newest event, then the test', () => {
    const events = [{ id: 1, created_at: march(1), status: 'received.testkit.ordered' }];
    expect(first(walkIn(1, events)).modality).toBe('walk_in_test');
    expect(first(walkIn(1, events, { details: null })).modality).toBe('testkit');
    expect(first(walkIn(1, [], { details: {} })).modality).toBe('walk_in_test');
    expect(first(walkIn(1, [], { details: null, lab_test: null })).modality).toBeNull();
  });
});

describe('future events', () => {
  const ordered = event(1, 'ordered', march(1));
  const ahead = walkIn(1, [ordered, event(2, 'completed', march(5, '09:00:01'))]);

  test('an event more than an hour ahead does not count; exactly an hour ahead it does', () => {
    expect(first(delivered(ahead, march(5, '08:00:00'))).low_level_status).toBe('ordered');
    expect(first(delivered(ahead, march(5, '08:00:01'))).low_level_status).toBe('completed');
  });

  test('is an anomaly until it counts', () => {
    const anomalies = (...sent: Delivery[]) =>
      [...expectedState(sent).transactions.values()].flatMap((held) => held.anomalies);
    expect(anomalies(delivered(ahead, march(5)))).toEqual([
      { code: 'future_event', order_id: orderId(1), first_seen_at: march(5, '09:00:01') },
    ]);
    expect(anomalies(delivered(ahead, march(5)), delivered(ahead, march(6)))).toEqual([]);
  });
});

test('appointments are ordered by their newest event, then by the number of events', () => {
  const moved = { created_at: march(3), status: 'scheduled' };
  const early = appointment(1, 1);
  const late = appointment(1, 1, { start_at: '2026-03-22 10:00:00', events: [moved] });
  const fuller = appointment(1, 1, {
    provider: 'labcorp',
    events: [{ created_at: march(2), status: 'x' }, moved],
  });
  const sent = (data: Json) => enveloped(data, { event_type: 'labtest.appointment.updated' });
  const expected = {
    id: 'a9900000-0000-4000-8000-000000000001',
    status: 'confirmed',
    event_status: 'scheduled',
    start_at: '2026-03-22T10:00:00.000000Z',
    end_at: march(20, '08:30:00'),
    iana_timezone: 'America/New_York',
    provider: 'quest',
    type: null,
    can_reschedule: null,
    updated_at: march(3),
  };
  expect(first(sent(late), sent(early)).appointments).toEqual([expected]);
  expect(first(sent(fuller), sent(late)).appointments).toMatchObject([{ provider: 'labcorp' }]);
});

test("the order's entry in its own list gives origin, parent and creation if the payload has none", () => {
  const entry = listed(1, 'ordered', march(1), {
    origin: 'recreation',
    parent_id: orderId(7),
    created_at: march(4),
  });
  const bare = { id: orderId(1), events: [event(1, 'ordered', march(1))] };
  expect(first({ ...bare, order_transaction: transaction(1, null, [entry]) })).toMatchObject({
    origin: 'recreation',
    parent_id: orderId(7),
    created_at: march(4),
  });
});
