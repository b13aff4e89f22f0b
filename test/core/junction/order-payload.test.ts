import { describe, expect, test } from 'vitest';
import { readingOf } from '../../../core/environment/payload-reading.ts';
import { readWebhook } from '../../../core/junction/webhook-message.ts';
import {
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  walkIn,
} from '../../../tools/verification/oracle/bodies.ts';
import { factsOf, order, ordered, RECEIVED_AT } from './reading.ts';

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

describe('text that breaks out of a line', () => {
  const BAIT = 'quest\n\u202eSign in';

  test('is no id and no state, and a name without what breaks out', () => {
    const { snapshot, clientUser } = factsOf({
      ...order,
      client_user_id: BAIT,
      status: BAIT,
      lab_test: { name: ` Lipid\r\n\u202epanel\u001b `, slug: BAIT, lab: { slug: 'quest' } },
      missing_results: [{ name: 'HDL\u2028=1+1', slug: BAIT }],
    });
    expect([clientUser, snapshot.lab_test]).toMatchObject([
      null,
      { name: 'Lipid panel', slug: null, lab: 'quest' },
    ]);
    expect(snapshot.missing_results).toMatchObject([{ name: 'HDL =1+1', slug: null }]);
    expect(JSON.stringify(snapshot)).not.toMatch(/\\n|\u202e|\u2028|\\u001b/);
  });

  test('in the status of an event keeps the webhook in quarantine', () => {
    const events = [{ ...ordered, status: BAIT }];
    const read = readWebhook(JSON.stringify(walkIn(1, events)), RECEIVED_AT);
    expect(read).toMatchObject({ kind: 'unintelligible', reason: expect.stringContaining('status') });
  });
});

describe('what is only shown', () => {
  const failed = { ...event(2, 'sample_error', march(2)), status_detail: 'sample_hemolyzed' };
  const body = { ...order, events: [{ ...ordered, status_detail: null }, failed], last_event: failed };

  test('the detail of an event is kept with the snapshot, not with the event', () => {
    const { events, snapshot } = factsOf(body);
    expect(events.map((one) => Object.keys(one).sort())).toEqual([
      ['created_at', 'id', 'position', 'status'],
      ['created_at', 'id', 'position', 'status'],
    ]);
    expect(snapshot.status_details).toEqual({ 2: 'sample_hemolyzed' });
    const elsewhere = { ...body, events: [ordered, { ...failed, status_detail: null }] };
    expect(factsOf(elsewhere).snapshot.status_details).toEqual(snapshot.status_details);
    expect(factsOf(body, '2026-03-01T00:00:00.000000Z').snapshot.status_details).toEqual({});
  });

  test('the lab is kept by its slug', () => {
    expect(factsOf(order).snapshot.lab_test).toMatchObject({ name: 'Lipids', lab: 'quest' });
  });

  test('invalid values are ignored', () => {
    const { lab_test } = order as { lab_test: object };
    for (const invalid of [7, {}, ['x'], 'x'.repeat(300)]) {
      const events = [{ ...ordered, status_detail: invalid }];
      const strange = { ...order, events, lab_test: { ...lab_test, lab: invalid }, interpretation: invalid };
      expect(factsOf(strange)).toEqual(factsOf({ ...order, lab_test: { ...lab_test, lab: null } }));
    }
  });

  test.each([
    [
      'the newest event with results',
      { events: ['partial_results', 'completed', 'cancelled'] },
      march(2),
      'final',
    ],
    ['a partial result', { events: ['ordered', 'partial_results'] }, march(2), 'partial'],
    ['the creation of the order', { events: ['ordered'], created_at: march(9) }, march(9), 'unknown'],
    ['the receipt', { events: [], created_at: null }, RECEIVED_AT, 'unknown'],
  ])('a critical result in an order has the time of %s', (_, { events, ...given }, updated_at, status) => {
    const listed = events.map((low, at) => ({
      id: at + 1,
      created_at: march(at + 1),
      status: `completed.walk_in_test.${low}`,
    }));
    const body = { ...order, ...given, events: listed, last_event: null, interpretation: 'critical' };
    expect(factsOf(body).critical).toEqual({ status, updated_at, inOrder: true });
  });

  test('the interpretation is kept only on request, except that it is critical', () => {
    const critical = { ...order, interpretation: 'critical' };
    expect(factsOf({ ...order, interpretation: 'abnormal' })).toEqual(factsOf(order));
    const { critical: fact, ...others } = factsOf(critical);
    expect(others).toEqual(factsOf(order));
    expect(fact).toMatchObject({ inOrder: true });
    const kept = readWebhook(JSON.stringify(critical), march(30), { keepInterpretation: true });
    expect(kept).toMatchObject({ kind: 'order', facts: { snapshot: { interpretation: 'critical' } } });
    expect(readingOf({ KEEP_INTERPRETATION: 'on', TEAM_ID: TEAM })).toEqual({
      keepInterpretation: true,
      teamId: TEAM,
    });
    expect(readingOf({ KEEP_INTERPRETATION: 'off', TEAM_ID: undefined })).toEqual({
      keepInterpretation: false,
      teamId: null,
    });
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

  test('are out of order from the first event that is older than the one before it', () => {
    const outOfOrderAt = (days: number[], last?: number) =>
      factsOf({
        ...order,
        events: days.map((day) => event(day, 'requisition_created', march(day))),
        ...(last !== undefined && { last_event: event(last, 'completed', march(last)) }),
      }).snapshot.out_of_order_at;
    expect(outOfOrderAt([1, 2, 2, 5])).toBeNull();
    expect(outOfOrderAt([1, 5, 3, 4])).toBe(march(3));
    expect(outOfOrderAt([1, 5], 3)).toBe(march(3));
    expect(outOfOrderAt([])).toBeNull();
  });

  test('can have ids of any length, as numbers or as text, or none', () => {
    const ids = [1, '1', 0, null, undefined, 'evt_1', '90071992547409931'].map((id) => ({ ...ordered, id }));
    expect(factsOf({ ...order, events: ids }).events.map(({ id }) => id)).toEqual([
      '1',
      '1',
      '0',
      '',
      '',
      'evt_1',
      '90071992547409931',
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
      order_id: orderId(2),
      status: 'ordered',
      status_at: march(3),
      origin: 'redraw',
      parent_id: orderId(1),
      created_at: march(2),
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
