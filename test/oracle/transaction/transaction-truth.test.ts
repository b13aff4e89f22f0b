import { describe, expect, test } from 'vitest';
import {
  delivered,
  event,
  listed,
  march,
  orderId,
  TEAM,
  transaction,
  transactionId,
  USER,
  walkIn,
} from '../bodies.ts';
import { expectedState } from '../oracle.ts';
import type { Json } from '../reading/spelling.ts';
import { held, order } from './one-transaction.ts';

test('a published example: an on-site order, without an envelope and without a transaction', () => {
  const at = (year: number, day: number) => `${year}-01-0${day}T00:00:00Z`;
  const onSite = (id: number, day: number, status: string) => ({ id, created_at: at(2022, day), status });
  const sent = {
    id: '84d96c03-6b1c-4226-ad8f-ef44a6bc08af',
    team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
    user_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    details: { type: 'on_site_collection', data: { id: 'a655f0e4-6405-4a1d-80b7-66f06c2108a7' } },
    created_at: at(2020, 1),
    updated_at: at(2020, 1),
    status: 'completed',
    events: [
      onSite(1, 1, 'received.on_site_collection.ordered'),
      onSite(2, 2, 'received.on_site_collection.requisition_created'),
      onSite(33, 3, 'sample_with_lab.on_site_collection.draw_completed'),
      onSite(4, 4, 'sample_with_lab.on_site_collection.partial_results'),
      onSite(5, 5, 'completed.on_site_collection.completed'),
    ],
  };
  expect(held(sent)).toEqual({
    id: '84d96c03-6b1c-4226-ad8f-ef44a6bc08af',
    status: 'completed',
    outcome: 'results_complete',
    rule: 'C/none',
    rule_source: 'documented',
    reported_status: null,
    diverges: false,
    team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
    user_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
    client_user_id: null,
    created_at: '2020-01-01T00:00:00.000000Z',
    updated_at: '2022-01-05T00:00:00.000000Z',
    orders: [
      {
        id: '84d96c03-6b1c-4226-ad8f-ef44a6bc08af',
        origin: null,
        parent_id: null,
        modality: 'on_site_collection',
        lab_test: null,
        status_detail: null,
        interpretation: null,
        status: 'completed',
        low_level_status: 'completed',
        low_level_status_created_at: '2022-01-05T00:00:00.000000Z',
        created_at: '2020-01-01T00:00:00.000000Z',
        has_missing_results: null,
        redraw_available_at: null,
        results_reported_at: '2022-01-05T00:00:00.000000Z',
      },
    ],
    missing_results: [],
    redraw: null,
    open_order: null,
    anomalies: [],
  });
});

describe('a redraw, step by step', () => {
  const initial = order(1, 'redraw_available', march(6), {
    missing_results: [
      { name: 'HDL', slug: 'hdl', inferred_failure_type: 'non_failure', loinc: '2085-9', note: 'x' },
    ],
  });
  const redraw = (low: string, at: string, fields: Json = {}) =>
    order(2, low, at, { origin: 'redraw', ...fields });
  const shown = {
    order_id: orderId(2),
    single_order: false,
    available_at: march(6),
    due_at: null,
    stale_since: null,
    acknowledgement: null,
    decision: null,
    missing_results: [{ name: 'HDL', slug: 'hdl', failure_type: 'non_failure', loinc: '2085-9' }],
  };

  test('expected', () => {
    expect(held(initial)).toMatchObject({ rule: 'R/none', outcome: 'redraw_expected' });
    expect(held(initial).redraw).toEqual({ ...shown, state: 'expected', order_id: null });
  });

  test.each([
    ['ordered', 'in_progress', shown.missing_results, null],
    ['completed', 'completed', [], null],
    ['cancelled', 'cancelled', shown.missing_results, 'redraw_cancelled'],
    ['lost', 'failed', shown.missing_results, 'redraw_failed'],
    ['redraw_available', 'failed', shown.missing_results, 'redraw_failed'],
  ])('its order is %s', (low, state, missing_results, cause) => {
    const told = held(initial, redraw(low, march(8)));
    const decision = cause === null ? null : { cause, since: march(8) };
    expect(told.redraw).toEqual({ ...shown, state, decision, missing_results });
    expect(told.missing_results).toEqual(missing_results);
  });

  test('its order completes with one marker missing: only that one is missing', () => {
    const glucose = { name: 'Glucose', slug: 'glucose', failure_type: 'internal_lab_failure', loinc: null };
    const left = { has_missing_results: true, missing_results: [glucose] };
    const told = held(initial, redraw('completed', march(8), left));
    expect(told).toMatchObject({
      ...{ outcome: 'results_incomplete', missing_results: [glucose] },
      redraw: {
        state: 'completed',
        decision: { cause: 'results_incomplete', since: march(8) },
        missing_results: [glucose],
      },
    });
  });

  test('completed by the initial order itself, until a redraw order turns up', () => {
    const itself = (fields: Json = {}) =>
      walkIn(1, [event(1, 'redraw_available', march(6)), event(2, 'completed', march(9))], {
        order_transaction: transaction(1, null, []),
        ...fields,
      });
    const shownAlone = {
      ...shown,
      state: 'completed',
      single_order: true,
      order_id: null,
      missing_results: [],
    };
    const all = held(itself());
    expect(all).toMatchObject({ rule: 'C/single_order', outcome: 'results_complete', anomalies: [] });
    expect(all.redraw).toEqual(shownAlone);
    const some = held(itself({ has_missing_results: true }));
    expect(some).toMatchObject({ rule: 'C/single_order', outcome: 'results_incomplete' });
    const decision = { cause: 'results_incomplete', since: march(9) };
    expect(some.redraw).toEqual({ ...shownAlone, decision });
    const another = held(itself(), redraw('completed', march(10)));
    expect([another.rule, another.redraw?.single_order]).toEqual(['C/C', false]);
  });

  test('cancelled by Junction before it was ordered', () => {
    const calledOff = {
      order_transaction: transaction(1, 'cancelled', [listed(1, 'redraw_available', march(6))]),
    };
    const { status, rule_source, redraw: none } = held({ ...initial, ...calledOff });
    expect([status, rule_source, none?.state]).toEqual(['cancelled', 'reported', 'cancelled']);
  });

  test('known only from the list of either order', () => {
    const entries = [
      listed(1, 'redraw_available', march(6)),
      listed(2, 'completed', march(9), { origin: 'redraw' }),
    ];
    const told = { order_transaction: transaction(1, 'completed', entries) };
    expect(held({ ...initial, ...told })).toMatchObject({
      rule: 'R/C',
      outcome: 'results_complete',
      reported_status: 'completed',
      diverges: false,
      orders: [
        { status: 'collecting_sample' },
        { id: orderId(2), status: null, low_level_status: 'completed' },
      ],
    });
    expect(held({ ...redraw('completed', march(9)), ...told })).toMatchObject({
      rule: 'R/C',
      redraw: { state: 'completed', available_at: march(6), missing_results: [] },
    });
  });
});

describe('missing markers without a redraw', () => {
  const hdl = { name: 'HDL', slug: 'hdl', failure_type: 'non_failure', loinc: '2085-9' };
  const ended = (low: string, has_missing_results: boolean | null) =>
    held(order(1, low, march(6), { has_missing_results, missing_results: [hdl] }));

  test('are those of the completed order, if it reports that some are missing', () => {
    expect(ended('completed', true)).toMatchObject({ missing_results: [hdl], redraw: null });
    expect(ended('corrected', true)).toMatchObject({ missing_results: [hdl], redraw: null });
  });

  test('are none if it does not report that, or has no results yet', () => {
    expect(ended('completed', false)).toMatchObject({ outcome: 'results_complete', missing_results: [] });
    expect(ended('completed', null)).toMatchObject({ outcome: 'results_complete', missing_results: [] });
    for (const low of ['ordered', 'partial_results', 'cancelled', 'lost']) {
      expect(ended(low, true)).toMatchObject({ missing_results: [], redraw: null });
    }
  });
});

describe('an own status and a report by another order', () => {
  const about = (low: string | null, at: string | null) =>
    order(2, 'ordered', march(2), {
      origin: 'redraw',
      order_transaction: transaction(1, null, [listed(1, low, at)]),
    });
  const statusOf = (...bodies: Json[]) => {
    const [{ status, low_level_status } = { status: '?', low_level_status: '?' }] = held(...bodies).orders;
    return `${status} ${low_level_status}`;
  };

  test.each([
    ['a newer report wins', 'partial_results', march(5), about('completed', march(6)), 'null completed'],
    [
      'an older report loses',
      'partial_results',
      march(5),
      about('completed', march(4)),
      'sample_with_lab partial_results',
    ],
    [
      'with equal times, the later stage wins',
      'partial_results',
      march(5),
      about('completed', march(5)),
      'null completed',
    ],
    [
      'with equal stages, the own status wins',
      'sample_error',
      march(5),
      about('lost', march(5)),
      'failed sample_error',
    ],
    ['a report without a time is ignored', 'ordered', march(1), about('cancelled', null), 'received ordered'],
    ['a report without a status is ignored', 'ordered', march(1), about(null, march(9)), 'received ordered'],
  ])('%s', (_why, low, at, hearsay, expected) => {
    expect(statusOf(order(1, low, at), hearsay)).toBe(expected);
  });

  test('without a record, reports by other orders count, and earlier facts are unknown', () => {
    expect(statusOf(about(null, null))).toBe('null null');
    expect(statusOf(about('lost', null))).toBe('null lost');
  });
});

test('team and client user come from the order with the newest status that has them', () => {
  const of = held(
    order(1, 'redraw_available', march(6), { client_user_id: 'theirs' }),
    order(2, 'ordered', march(8), { origin: 'redraw', team_id: null }),
  );
  expect([of.user_id, of.client_user_id, of.team_id]).toEqual([USER, 'theirs', TEAM]);
});

test('times of a transaction, and none at all', () => {
  const of = held(order(2, 'ordered', march(9)), order(3, 'ordered', march(4), { origin: 'redraw' }));
  expect([of.created_at, of.updated_at]).toEqual([march(2), march(9)]);
  const undated = held(order(1, 'ordered', march(9), { created_at: null }));
  expect([undated.created_at, undated.updated_at]).toEqual([march(9), march(9)]);
  expect(held({ id: orderId(1) })).toMatchObject({ created_at: null, updated_at: null, rule: 'P/none' });
});

describe('provisional transactions', () => {
  const keys = (...bodies: Json[]) => [
    ...expectedState(bodies.map((body) => delivered(body))).transactions.keys(),
  ];
  const unnamed = (n: number) => walkIn(n, [event(n, 'ordered', march(n))]);

  test('have the id of the order until the real transaction is named', () => {
    expect(keys(unnamed(1), unnamed(2))).toEqual([orderId(1), orderId(2)]);
    expect(keys(unnamed(1), order(1, 'ordered', march(1)))).toEqual([transactionId(1)]);
    const lister = order(2, 'ordered', march(2), {
      order_transaction: transaction(1, null, [listed(1, null, null)]),
    });
    expect(keys(unnamed(1), lister)).toEqual([transactionId(1)]);
  });
});

describe('the report that counts', () => {
  const report = (n: number, status: string, fields: Json, ...entries: Json[]) =>
    order(n, 'ordered', march(n), { ...fields, order_transaction: transaction(1, status, entries) });
  const redraw = { origin: 'redraw' };

  test('covers everything, before a newer one that does not', () => {
    const of = held(
      report(1, 'completed', {}, listed(1, 'ordered', march(1))),
      report(2, 'active', redraw, listed(1, 'ordered', march(1)), listed(2, 'ordered', march(2))),
    );
    expect([of.reported_status, of.diverges]).toEqual(['active', false]);
  });

  test('is, of two that cover everything, the one with the newer fact, then with the greater text', () => {
    const all = [listed(1, 'ordered', march(1)), listed(2, 'ordered', march(2), redraw)];
    const equal = held(report(1, 'active', {}, ...all), report(2, 'completed', redraw, ...all));
    expect([equal.reported_status, equal.diverges]).toEqual(['completed', true]);
  });

  test('if it does not cover everything, is shown and does not diverge', () => {
    const of = held(report(1, 'completed', {}), report(2, 'completed', redraw));
    expect([of.reported_status, of.diverges, of.status]).toEqual(['completed', false, 'active']);
  });
});
