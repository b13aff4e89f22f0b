import { expect, test } from 'vitest';
import { drawEvidence } from '../../../../core/domain/order/draw-evidence.ts';
import { at, event, record } from '../order-records.ts';

const DATES = { expected_result_by_date: '2026-03-09', worst_case_result_by_date: '2026-03-12' };
const arrival = (by: 'webhook' | 'api', newest: string, second: number) => ({ by, newest, at: at(second) });
const ordered = event(0, 'received.walk_in_test.ordered');

test('an order without a sign of the draw has no evidence of it', () => {
  expect(drawEvidence(record(1, { events: [ordered] }))).toEqual([]);
});

test('the dates of a result are evidence from when they were first learned', () => {
  const arrivals = [arrival('webhook', '0', 1), arrival('webhook', '=', 90), arrival('api', '=', 60)];
  expect(drawEvidence(record(1, { snapshot: DATES, events: [ordered], arrivals }))).toEqual([
    { sign: 'result_dates', status: null, at: null, learned_at: at(60), learned_from: 'api' },
  ]);
});

test('of each kind of sign the first is evidence', () => {
  const partial = (second: number) => event(second, 'sample_with_lab.walk_in_test.partial_results');
  const parts = {
    events: [ordered, partial(50), partial(80)],
    arrivals: [arrival('webhook', '50', 55), arrival('webhook', '80', 85)],
    criticalResults: [{ status: 'critical', updated_at: at(70) }],
  };
  expect(drawEvidence(record(1, parts))).toEqual([
    { sign: 'status', status: 'partial_results', at: at(50), learned_at: at(55), learned_from: 'webhook' },
    { sign: 'critical_result', status: null, at: at(70), learned_at: null, learned_from: null },
  ]);
});
