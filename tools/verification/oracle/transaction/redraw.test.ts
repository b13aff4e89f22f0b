import { describe, expect, test } from 'vitest';
import { event, listed, march, orderId, transaction, walkIn } from '../bodies.ts';
import type { Json } from '../reading/spelling.ts';
import { held, order } from './one-transaction.ts';

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
      outcome: 'results_incomplete',
      missing_results: [glucose],
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
