/** The state of a transaction in one sentence. */
import { expect, test } from 'vitest';
import type { Transaction } from '../../../dashboard/src/api/answers.ts';
import { stateSentence } from '../../../dashboard/src/redraw/state-sentence.ts';
import { march, transaction } from '../transaction/sample-transaction.ts';

const NOW = Date.parse(march('03-20 12:00'));
const redraw = { order_id: 'second', stage: 'awaiting_appointment', due_at: march('03-15 12:00') } as const;
const decision = (acknowledgement: object | null) =>
  ({ reason: 'order_failed', cause: 'sample_failed', acknowledgement }) as Transaction['decision'];
const order = (stalled_since: string | null) =>
  ({ stage: 'awaiting_result', due_at: march('03-18 12:00'), stalled_since }) as Transaction['open_order'];
const missing = (count: number) =>
  Array.from({ length: count }, () => ({})) as Transaction['missing_results'];

test.each<[string, Parameters<typeof transaction>[0], tone: string]>([
  ['Redraw overdue 5 days: waiting for an appointment or the draw', { redraw }, 'error'],
  [
    'Redraw in progress: waiting for an appointment or the draw',
    { redraw: { ...redraw, due_at: march('03-21') } },
    'in-progress',
  ],
  [
    'Redraw expected: waiting for the redraw order',
    { redraw: { stage: 'awaiting_order', order_id: null } },
    'in-progress',
  ],
  ['The order failed without a redraw: needs a decision', { decision: decision(null) }, 'warning'],
  ['Failed', { decision: decision({}), outcome: 'failed' }, 'error'],
  ['Order stalled 2 days: waiting for results', { open_order: order(march('03-19')) }, 'error'],
  ['In progress: waiting for results', { open_order: order(null), outcome: 'in_progress' }, 'in-progress'],
  ['Results complete', { outcome: 'results_complete' }, 'success'],
  [
    'Results incomplete: 2 markers missing',
    { outcome: 'results_incomplete', missing_results: missing(2) },
    'warning',
  ],
  ['Results incomplete', { outcome: 'results_incomplete' }, 'warning'],
])('%s', (text, given, tone) => {
  expect(stateSentence(transaction(given), NOW)).toEqual({ text, tone });
});
