import { describe, expect, test } from 'vitest';
import { digest } from '../../../core/junction/digest.ts';
import { readWebhook, type WebhookMessage } from '../../../core/junction/webhook-message.ts';
import {
  appointment,
  enveloped,
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  USER,
  walkIn,
} from '../../oracle/bodies.ts';

const RECEIVED_AT = '2026-06-01T00:00:00.000000Z';

const read = (body: unknown, receivedAt = RECEIVED_AT): WebhookMessage =>
  readWebhook(typeof body === 'string' ? body : JSON.stringify(body), receivedAt, digest);

function factsOf(body: unknown, receivedAt?: string) {
  const message = read(body, receivedAt);
  if (message.kind !== 'order') throw new Error(`not an order: ${JSON.stringify(message)}`);
  return message.facts;
}

function reasonOf(body: unknown): string {
  const message = read(body);
  return message.kind === 'unintelligible' ? message.reason : `not refused: ${message.kind}`;
}

const ordered = event(1, 'ordered', march(1));
const order = walkIn(1, [ordered], {
  order_transaction: transaction(1, 'active', [listed(1, 'ordered', march(1))]),
});

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

  test('mean the same for ids in any case', () => {
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

  test('a critical result is stored with its order', () => {
    const data = {
      order_id: orderId(1).toUpperCase(),
      status: 'critical',
      updated_at: '2026-03-01 08:00:00',
    };
    expect(read({ event_type: 'labtest.result.critical', data })).toEqual({
      ...{ kind: 'critical_result', orderId: orderId(1) },
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

describe('missing, null and unknown values', () => {
  const { id } = order;

  test.each([
    ['origin', { origin: 'initial' }],
    ['parent_id', { parent_id: null }],
    ['status', { status: 'of a kind to come' }],
    ['events', {}],
    ['last_event', {}],
    ['order_transaction', {}],
    ['details', {}],
    ['lab_test', { lab_test: null }],
    ['has_missing_results', { has_missing_results: null }],
    ['updated_at', { updated_at: null }],
    ['created_at', {}],
  ])('are accepted in %s', (field, expected) => {
    const { [field]: _, ...without } = order;
    const values = 'status' in expected ? { status: 'of a kind to come' } : { [field]: null };
    const nulled = factsOf({ ...order, ...values });
    if (field !== 'status') expect(factsOf(without)).toEqual(nulled);
    expect(nulled.snapshot).toMatchObject(expected);
  });

  test('are accepted everywhere except in the id', () => {
    expect(factsOf({ id })).toMatchObject({
      id,
      events: [],
      siblings: [],
      transactionId: null,
      clientUser: null,
    });
  });

  test('unknown values are kept unchanged', () => {
    const strange = walkIn(1, [{ id: 1, created_at: march(1), status: 'a.b.c.d' }], {
      origin: 'teleported',
      details: { type: 'by_drone' },
      order_transaction: transaction(1, 'paused', [
        listed(2, 'x'.repeat(200), march(1), { origin: 'cloned' }),
      ]),
    });
    expect(factsOf(strange)).toMatchObject({
      events: [{ status: 'a.b.c.d' }],
      snapshot: { origin: 'teleported', modality: 'by_drone', report: { status: 'paused' } },
      siblings: [{ status: 'x'.repeat(200), origin: 'cloned' }, { origin: 'teleported' }],
    });
  });

  test('missing markers are read if they are present and valid, and ignored if they are invalid', () => {
    const marker = {
      name: 'HDL',
      slug: 'hdl',
      inferred_failure_type: 'quantity_not_sufficient_failure',
      loinc: '2085-9',
    };
    const riding = factsOf({ ...order, missing_results: [marker, { name: 'LDL' }] });
    expect(riding.snapshot.missing_results).toEqual([
      { name: 'HDL', slug: 'hdl', failure_type: 'quantity_not_sufficient_failure', loinc: '2085-9' },
      { name: 'LDL', slug: null, failure_type: null, loinc: null },
    ]);
    for (const missing_results of ['none', [7], [{ slug: 'no name' }], { a: 1 }]) {
      expect(factsOf({ ...order, missing_results })).toEqual(factsOf(order));
    }
  });
});

describe('the events of an order', () => {
  test('include last_event at the end, if the list lacks it', () => {
    const last = event(2, 'requisition_created', march(2));
    const positions = factsOf({ ...order, last_event: last }).events.map(({ id, position }) => [
      id,
      position,
    ]);
    expect(positions).toEqual([
      ['1', 0],
      ['2', 1],
    ]);
    expect(factsOf({ ...order, events: null, last_event: last }).events).toMatchObject([
      { id: '2', position: 0 },
    ]);
    expect(factsOf({ ...order, last_event: ordered })).toEqual(factsOf(order));
    const respelt = { ...ordered, id: '1', created_at: '2026-03-01 08:00:00+00:00' };
    expect(factsOf({ ...order, last_event: respelt })).toEqual(factsOf(order));
  });

  test('are future events if they are dated more than an hour after receipt', () => {
    const dated = (created_at: string) =>
      factsOf(
        { id: orderId(1), events: [{ id: 1, created_at, status: 'a.b.c' }] },
        '2026-03-01T12:00:00.000000Z',
      );
    expect(dated('2026-03-01T13:00:00Z')).toMatchObject({ events: [{ id: '1' }], futureEvents: [] });
    expect(dated('2026-03-01T13:00:00.000001Z')).toMatchObject({ events: [], futureEvents: [{ id: '1' }] });
  });

  test('can have ids of any length, as numbers or as text, or none', () => {
    const ids = [1, '1', 0, null, undefined, 'evt_1', '90071992547409931'].map((id) => ({ ...ordered, id }));
    expect(factsOf({ ...order, events: ids }).events.map(({ id }) => id)).toEqual([
      ...['1', '1', '0', '', '', 'evt_1', '90071992547409931'],
    ]);
  });
});

describe('the orders of a transaction', () => {
  const sibling = { id: orderId(2), origin: 'redraw', parent_id: orderId(1), created_at: march(2) };

  test('are read in both spellings', () => {
    const spelt = (names: object) =>
      factsOf({
        ...order,
        order_transaction: { id: transactionId(1), status: 'active', orders: [{ ...sibling, ...names }] },
      });
    const webhook = spelt({ low_level_status: 'ordered', low_level_status_created_at: march(3) });
    expect(spelt({ last_status: 'received.walk_in_test.ordered', last_status_created_at: march(3) })).toEqual(
      webhook,
    );
    expect(webhook.siblings).toContainEqual({
      ...{ order_id: orderId(2), status: 'ordered', status_at: march(3) },
      ...{ origin: 'redraw', parent_id: orderId(1), created_at: march(2) },
    });
  });

  test('can be null or empty, and so can each of their fields', () => {
    const orders = [null, {}, { id: null }, { id: orderId(2) }];
    const { siblings, snapshot } = factsOf({
      ...order,
      origin: null,
      order_transaction: { id: transactionId(1), orders },
    });
    const nothing = { status: null, status_at: null, origin: null, parent_id: null, created_at: null };
    expect(siblings).toEqual([{ order_id: orderId(2), ...nothing }]);
    expect(snapshot.report).toEqual({ status: null, orders: { [orderId(1)]: march(1), [orderId(2)]: null } });
  });

  test('are ignored without the id of the transaction', () => {
    const told = factsOf({ ...order, order_transaction: { status: 'active', orders: [sibling] } });
    expect(told).toEqual(factsOf({ ...order, order_transaction: null }));
  });

  test('have no status if its time is in the future', () => {
    const told = (low_level_status_created_at: string) => {
      const entry = { ...sibling, low_level_status: 'completed', low_level_status_created_at };
      const { siblings, snapshot } = factsOf({
        ...order,
        order_transaction: transaction(1, 'completed', [entry]),
      });
      const { status, status_at } = siblings.find((fact) => fact.order_id === orderId(2)) ?? {};
      return [status, status_at, snapshot.report?.orders[orderId(2)]];
    };
    const inAnHour = '2026-06-01T01:00:00.000000Z';
    expect(told(inAnHour)).toEqual(['completed', inAnHour, inAnHour]);
    expect(told('2026-06-01T01:00:00.000001Z')).toEqual([null, null, null]);
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
    ['an invalid day', { ...order, created_at: '2026-02-30T00:00:00Z' }, 'order.created_at: not a date-time'],
    ['an invalid date', { ...order, activate_by: '2026-02-30' }, 'order.activate_by: not a date'],
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
    ['an invalid event id', { ...order, events: [{ ...ordered, id: {} }] }, 'order.events.0.id'],
    ['half a character', { ...order, origin: '\ud800' }, 'order.origin: not Unicode text'],
    ['half a character in an id', { ...order, user_id: 'a\udc00' }, 'body.user_id: not Unicode text'],
    [
      'an appointment without an order',
      { event_type: 'labtest.appointment.created', data: { id: orderId(1) } },
      'appointment.order_id',
    ],
    [
      'a critical result without a time',
      { event_type: 'labtest.result.critical', data: { order_id: orderId(1), status: 'x' } },
      'result.updated_at',
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
