/** What the page says about the draw, about checks with Junction, and to the lab. */
import { expect, test } from 'vitest';
import type { JunctionCheck, Order } from '../../../dashboard/src/api/answers.ts';
import { questionAboutOrder } from '../../../dashboard/src/next-step/questions.ts';
import { changesFoundText, checkedBy } from '../../../dashboard/src/transaction/check-wording.ts';
import { drawnBecause } from '../../../dashboard/src/transaction/drawn-because.ts';
import { person } from '../../callers.ts';
import { march, order } from './sample-transaction.ts';

const dates = { expected_result_by_date: '2026-03-09', worst_case_result_by_date: '2026-03-12' };
const learned = { status: null, at: null, learned_at: march('03-07 12:00'), learned_from: 'api' } as const;

test('the draw is done because of the dates of the results, and since when they are known', () => {
  const draw_evidence = [{ sign: 'result_dates', ...learned }] as const;
  const drawn = { ...order('redraw'), ...dates, draw_evidence } as unknown as Order;
  expect(drawnBecause(drawn)).toBe(
    'Results due Mar 9, 2026, Mar 12, 2026 at the latest, learned Mar 7, 2026 from Junction’s API',
  );
  expect(drawnBecause({ ...drawn, draw_evidence: [] })).toBeNull();
});

test('a check says who or what asked, and what it brought', () => {
  const lanes = [{ orderId: 'redraw', name: 'Redraw order' }] as never;
  const check = (origin: JunctionCheck['origin'], name?: string): JunctionCheck => ({
    at: march('03-08'),
    origin,
    caller: name === undefined ? null : person(name),
    changes: [],
  });
  const said = [check('sweep'), check('request', 'olivia'), check('ordering', 'cora')].map(checkedBy);
  expect(said).toEqual(['Automatic check', 'By olivia', 'During an order change, by cora']);
  const changes = [
    { order_id: 'redraw', change: 'status', status: 'completed' },
    { order_id: 'redraw', change: 'result_dates', status: null },
  ] as const;
  expect(changesFoundText(check('sweep'), lanes)).toBe('Nothing new');
  expect(changesFoundText({ ...check('sweep'), changes: [...changes] }, lanes)).toBe(
    'Redraw order: Completed; Redraw order: result dates',
  );
});

test('the question for the lab names the order, its test and what was promised', () => {
  const late = {
    ...order('redraw'),
    ...dates,
    low_level_status: 'partial_results',
    low_level_status_created_at: march('03-07 12:00'),
    lab_test: { name: 'Lipids', lab: 'quest' },
  } as unknown as Order;
  expect(questionAboutOrder(late)).toBe(
    'Junction order redraw (Lipids, Quest): partial results since 2026-03-07. Results were promised by 2026-03-12. What is the status of this order, and what does it still need?',
  );
});
