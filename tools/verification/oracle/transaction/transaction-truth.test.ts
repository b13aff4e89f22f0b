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
        expected_result_by_date: null,
        worst_case_result_by_date: null,
      },
    ],
    missing_results: [],
    redraw: null,
    decision: null,
    open_order: null,
    anomalies: [],
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
  ])('%s', (_why, low, at, reported, expected) => {
    expect(statusOf(order(1, low, at), reported)).toBe(expected);
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
