import { describe, expect, test } from 'vitest';
import {
  appointment,
  enveloped,
  march,
  orderId,
  TEAM,
  transactionId,
  USER,
} from '../../../tools/verification/oracle/bodies.ts';
import { factsOf, order, ordered, RECEIVED_AT, read } from './reading.ts';

function reasonOf(body: unknown): string {
  const message = read(body);
  return message.kind === 'unintelligible' ? message.reason : `not refused: ${message.kind}`;
}

describe('the forms of an order webhook', () => {
  const facts = factsOf(enveloped(order));

  test('are the envelope, the event with its data, and the order alone', () => {
    expect(factsOf({ event_type: 'labtest.order.created', data: order })).toEqual(facts);
    expect(factsOf(order)).toEqual(facts);
    expect(factsOf({ ...order, event_type: null })).toEqual(facts);
  });

  test.each(['labtest.order.created', 'labtest.order.updated', 'order_status_updated'])(
    'can have the type %s',
    (event_type) => {
      expect(factsOf(enveloped(order, { event_type }))).toEqual(facts);
    },
  );

  test('treat ids case-insensitively', () => {
    const upper = JSON.parse(
      JSON.stringify(order).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => id.toUpperCase()),
    );
    expect(factsOf({ ...upper, team_id: TEAM, user_id: USER, lab_test: order.lab_test })).toEqual(facts);
  });

  test('take the user and team from the envelope if the order names none', () => {
    const anonymous = { ...order, user_id: null, team_id: null };
    const around = enveloped(anonymous, { user_id: 'u', team_id: 't', client_user_id: 'c' });
    expect(factsOf(around)).toMatchObject({
      snapshot: { user_id: 'u', team_id: 't' },
      clientUser: { user_id: 'u', client_user_id: 'c' },
    });
    expect(factsOf({ event_type: 'labtest.order.updated', data: anonymous })).toMatchObject({
      snapshot: { user_id: null, team_id: null },
      clientUser: null,
    });
    // An empty id is no id, in the order and in the envelope.
    const empty = { ...order, user_id: '', team_id: '', client_user_id: '' };
    expect(factsOf({ ...around, data: empty })).toEqual(factsOf(around));
    expect(factsOf(enveloped(empty, { user_id: '', team_id: '', client_user_id: '' }))).toEqual(
      factsOf(anonymous),
    );
  });
});

describe('other webhooks', () => {
  const visit = appointment(1, 2, { order_transaction_id: transactionId(1) });

  test.each(['labtest.appointment.created', 'labtest.appointment.updated'])(
    '%s is an appointment',
    (event_type) => {
      const message = read(enveloped(visit, { event_type }));
      expect(message).toMatchObject({
        kind: 'appointment',
        facts: { orderId: orderId(2), transactionId: transactionId(1), appointment: { id: visit.id } },
      });
      expect(read(visit)).toEqual(message);
    },
  );

  test('an appointment without events ranks below one with events', () => {
    const rankOf = (body: unknown) => {
      const message = read(body);
      return message.kind === 'appointment' ? message.facts.rank : '';
    };
    expect(rankOf({ ...visit, events: null }) < rankOf(visit)).toBe(true);
    const later = {
      ...visit,
      events: [...(visit.events as object[]), { created_at: march(9), status: null }],
    };
    expect(rankOf(visit) < rankOf(later)).toBe(true);
    const fromTheFuture = { created_at: '2027-01-01T00:00:00Z', status: 'x' };
    const ahead = { ...visit, events: [...(visit.events as object[]), fromTheFuture] };
    expect(rankOf(ahead)).toBe(rankOf(visit));
  });

  test.each([
    ['final', 'final'],
    ['of_a_kind_to_come', 'of_a_kind_to_come'],
    ['Potassium 7.1', 'unknown'],
    [undefined, 'unknown'],
    [{ value: 7.1 }, 'unknown'],
  ])(
    'a critical result with the status %j never holds a value, and never waits in quarantine',
    (status, read_as) => {
      const data = { order_id: orderId(1), status, updated_at: march(1) };
      const message = read({ event_type: 'labtest.result.critical', data });
      expect(message).toMatchObject({ result: { status: read_as, updated_at: march(1) } });
    },
  );

  test.each([
    [{ updated_at: null, created_at: march(3) }, march(3)],
    [{ updated_at: 'soon', created_at: march(3) }, march(3)],
    [{ updated_at: null, created_at: {} }, RECEIVED_AT],
    [{}, RECEIVED_AT],
  ])('a critical result with the times %j does not wait in quarantine', (times, updated_at) => {
    const data = { order_id: orderId(1), status: 'final', ...times };
    expect(read({ event_type: 'labtest.result.critical', data })).toMatchObject({ result: { updated_at } });
  });

  test('a critical result is stored with its order', () => {
    const data = {
      order_id: orderId(1).toUpperCase(),
      status: 'critical',
      updated_at: '2026-03-01 08:00:00',
    };
    expect(read({ event_type: 'labtest.result.critical', data })).toEqual({
      kind: 'critical_result',
      orderId: orderId(1),
      result: { status: 'critical', updated_at: march(1) },
    });
  });

  test.each(['created', 'updated', 'of.a.kind.to.come'])('a match review is stored: %s', (name) => {
    const data = { id: 'mr_1', status: 'open', decision_code: null, resolved_order_id: orderId(1) };
    const message = { kind: 'match_review', review: { ...data, resolution_action: null, team_id: TEAM } };
    expect(read({ event_type: `labtest.match_review.${name}`, team_id: TEAM, data })).toEqual(message);
  });

  test.each([
    ['message.attempt.exhausted', 'exhausted'],
    ['endpoint.disabled', 'endpoint_disabled'],
    ['endpoint.enabled', 'endpoint_enabled'],
  ])('%s is about deliveries, in both spellings and whatever its data is', (type, deliveryEvent) => {
    const data = { appId: 'app_1', endpointId: 'ep_1', msgId: 'msg_1', lastAttempt: { id: 'atmpt_1' } };
    const message = (endpointId: string | null, messageId: string | null) => ({
      kind: 'delivery',
      delivery: { event: deliveryEvent, endpointId, messageId },
    });
    expect(read({ type, data })).toEqual(message('ep_1', 'msg_1'));
    expect(read({ event_type: type, data })).toEqual(message('ep_1', 'msg_1'));
    expect(read({ type, data: { endpointId: { id: 7 }, msgId: 'Jane Doe' } })).toEqual(message(null, null));
    expect(read({ event_type: type, data: null })).toEqual(message(null, null));
    expect(read({ event_type: type })).toEqual(message(null, null));
  });

  test.each([
    'message.attempt.failing',
    'message.attempt.recovered',
    'endpoint.created',
    'of.a.kind.to.come',
  ])('an event of Svix about something else is not tracked: %s', (type) => {
    expect(read({ type, data: { endpointId: 'ep_1' } })).toEqual({ kind: 'untracked' });
  });

  test('the type of an appointment without an envelope is not that of an event', () => {
    expect(read({ ...visit, type: 'phlebotomy' }).kind).toBe('appointment');
  });

  test.each([
    ['daily.data.sleep.created', { user_id: 12, data: 'anything' }],
    ['labtest.order.deleted', { data: { id: 'no UUID' } }],
    ['labtest.order', {}],
    ['LABTEST.ORDER.UPDATED', {}],
    ['provider.connection.created', { team_id: { nested: true }, user_id: 'x'.repeat(10_000) }],
    ['__proto__', {}],
    ['constructor', {}],
  ])('%s is not tracked, whatever its content', (event_type, rest) => {
    expect(read({ event_type, ...rest })).toEqual({ kind: 'untracked' });
  });
});

describe('a field that cannot be read and decides nothing', () => {
  const listing = { id: orderId(2), low_level_status: 'ordered', low_level_status_created_at: march(2) };
  const body = {
    ...order,
    last_event: ordered,
    activate_by: '2026-03-09',
    expected_result_by_date: '2026-03-09',
    missing_results: [{ name: 'HDL' }],
    order_transaction: { id: transactionId(1), status: 'active', orders: [listing] },
  };
  /** The body with a value in one place. An undefined value is left out by JSON. */
  const withValue = (path: string, value: unknown) => {
    const copy: Record<string, unknown> = JSON.parse(JSON.stringify(body));
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at = copy;
    for (const key of keys) at = at[key] as Record<string, unknown>;
    at[last] = value;
    return copy;
  };
  const unreadable = (message: ReturnType<typeof read>) => message.unreadable ?? [];

  test.each<[string, unknown]>([
    ['lab_test.name', 'Marker '.repeat(43)],
    ['lab_test.id', 42],
    ['lab_test.lab', 'quest'],
    ['lab_test', 'Lipids'],
    ['details', []],
    ['origin', '\ud800'],
    ['parent_id', 'none'],
    ['status', { is: 'x' }],
    ['has_missing_results', 'true'],
    ['expected_result_by_date', ''],
    ['activate_by', '2026-02-30'],
    ['updated_at', ''],
    ['created_at', 1_700_000_000],
    ['interpretation', 7],
    ['last_event', 'ordered'],
    ['missing_results', [7]],
    ['events.0.id', { of: 1 }],
    ['events.0.id', 1.5],
    ['events.0.id', 'x'.repeat(65)],
    ['events.0.status_detail', 9],
    ['order_transaction.status', 1],
    ['order_transaction.orders.0', 'an id'],
    ['order_transaction.orders.0.id', 'no UUID'],
    ['order_transaction.orders.0.origin', []],
    ['order_transaction.orders.0.low_level_status_created_at', 'yesterday'],
  ])('%s is absent: %j', (path, value) => {
    const message = read(withValue(path, value));
    expect(message).toMatchObject({ facts: factsOf(withValue(path, null)) });
    const name = `order.${path.replaceAll(/\.0/g, '[]')}`;
    expect(unreadable(message)).toEqual([expect.stringContaining(name)]);
  });

  test('hides no other field, in the envelope either', () => {
    const strange = { ...withValue('lab_test.name', 7), updated_at: 7 };
    const message = read(enveloped(strange, { user_id: {}, team_id: 7 }));
    expect(message).toMatchObject({
      facts: factsOf({ ...withValue('lab_test.name', null), updated_at: null }),
    });
    expect(unreadable(message)).toEqual([
      'body.user_id',
      'body.team_id',
      'order.lab_test.name',
      'order.updated_at',
    ]);
    expect(unreadable(read(enveloped(order)))).toEqual([]);
  });

  test('in an appointment and in a match review', () => {
    const visit = { ...appointment(1, 2), provider: 7, iana_timezone: 'x'.repeat(300), start_at: '' };
    const nulled = { ...visit, provider: null, iana_timezone: null, start_at: null };
    const message = read(visit);
    expect(message).toEqual({ ...read(nulled), unreadable: message.unreadable });
    expect(unreadable(message)).toEqual([
      'appointment.start_at',
      'appointment.iana_timezone',
      'appointment.provider',
    ]);
    const review = { id: 'mr_1', status: 'matched', decision_code: {}, resolved_order_id: 7 };
    expect(read({ event_type: 'labtest.match_review.updated', data: review })).toMatchObject({
      review: { id: 'mr_1', decision_code: null, resolved_order_id: null },
      unreadable: ['match_review.decision_code', 'match_review.resolved_order_id'],
    });
  });
});

describe('an event type that Junction adds', () => {
  test('counts by its data', () => {
    expect(factsOf(enveloped(order, { event_type: 'labtest.order.of_a_kind_to_come' }))).toEqual(
      factsOf(enveloped(order)),
    );
    const visit = appointment(1, 2);
    const added = enveloped(visit, { event_type: 'labtest.appointment.moved' });
    expect(read(added)).toEqual(read(visit));
    const broken = enveloped({ ...order, events: [7] }, { event_type: 'labtest.order.of_a_kind_to_come' });
    expect(read(broken).kind).toBe('unintelligible');
  });
});

describe('an unreadable webhook', () => {
  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'body: not JSON'],
    ['nothing', '', 'body: not JSON'],
    ['a number', 12, 'body'],
    ['null', null, 'body'],
    ['a list', [order], 'body'],
    ['an object without an order', {}, 'order.id'],
    ['an empty type', { event_type: '', data: order }, 'body.event_type'],
    ['an invalid type', { event_type: 7, data: order }, 'body.event_type'],
    ['no data', { event_type: 'labtest.order.updated' }, 'order'],
    ['an invalid id', { ...order, id: '12' }, 'order.id: not a UUID'],
    [
      'an event on no day',
      { ...order, events: [{ ...ordered, created_at: '2026-02-30T00:00:00Z' }] },
      'order.events.0.created_at: not a date-time',
    ],
    [
      'half a character in a status',
      { ...order, events: [{ ...ordered, status: 'a.b.\ud800' }] },
      'order.events.0.status: not a short line of text',
    ],
    [
      'an invalid transaction id',
      { ...order, order_transaction: { id: 7, orders: [] } },
      'order.order_transaction.id',
    ],
    [
      'no list of orders',
      { ...order, order_transaction: { id: transactionId(1), orders: 'none' } },
      'order.order_transaction.orders',
    ],
    [
      'an event without a time',
      { ...order, events: [{ id: 1, status: 'a.b.c' }] },
      'order.events.0.created_at',
    ],
    [
      'an event without a status',
      { ...order, events: [ordered, { ...ordered, status: '' }] },
      'order.events.1.status',
    ],
    [
      'an appointment without an order',
      { event_type: 'labtest.appointment.created', data: { id: orderId(1) } },
      'appointment.order_id',
    ],
    [
      'a match review without a status',
      { event_type: 'labtest.match_review.created', data: { id: 'x' } },
      'match_review.status',
    ],
  ])('%s: the reason names the field', (_, body, where) => {
    expect(reasonOf(body)).toContain(where);
  });

  test('the reason names at most five fields', () => {
    const events = Array.from({ length: 50 }, () => ({}));
    expect(reasonOf({ ...order, events }).split('; ')).toHaveLength(5);
  });
});
