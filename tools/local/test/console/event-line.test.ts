import { expect, it } from 'vitest';
import { domainEvents } from '../../../../core/domain/events/domain-events.ts';
import { eventLine } from '../../console/event-line.ts';

const now = new Date('2026-05-01T12:34:56.789Z');

const detail = {
  id: 't1:4:x',
  transaction_id: 't1',
  status: 'active',
  outcome: 'redraw_in_progress',
  redraw: { stage: 'awaiting_draw', due_at: '2026-05-03T09:30:00.000000Z' },
};

function line(type: string, more: object = {}): string {
  const event = { id: 'e', source: 's', time: '', 'detail-type': type, detail: { ...detail, ...more } };
  return eventLine(event, now);
}

it.each<[string, object, string]>([
  ['Redraw Available', {}, '12:34:56  Redraw Available       t1  awaiting draw, due 2026-05-03 09:30'],
  ['Redraw Order Linked', { order_id: 'o2' }, '12:34:56  Redraw Order Linked    t1  order o2'],
  ['Redraw Stale', {}, '12:34:56  Redraw Stale           t1  awaiting draw, was due 2026-05-03 09:30'],
  [
    'Redraw Progressed',
    { from_stage: 'awaiting_draw', to_stage: null, was_stale: true },
    '12:34:56  Redraw Progressed      t1  awaiting draw → done, was stale',
  ],
  ['Redraw Acknowledged', { acknowledgement: { by: 'Ada' } }, '12:34:56  Redraw Acknowledged    t1  by Ada'],
  [
    'Redraw Acknowledgement Withdrawn',
    { withdrawal: { by: 'Bob' } },
    '12:34:56  Redraw Acknowledgement Withdrawn  t1  by Bob',
  ],
  [
    'Transaction Completed',
    { outcome: 'results_complete' },
    '12:34:56  Transaction Completed  t1  results complete',
  ],
  ['Transaction Cancelled', { outcome: 'cancelled' }, '12:34:56  Transaction Cancelled  t1  cancelled'],
  [
    'Transaction Reopened',
    { from_status: 'completed' },
    '12:34:56  Transaction Reopened   t1  was completed, now redraw in progress',
  ],
  [
    'Transaction Anomaly',
    { anomaly: { code: 'second_redraw', order_id: 'o3' } },
    '12:34:56  Transaction Anomaly    t1  second redraw, order o3',
  ],
  [
    'Divergence Opened',
    { reported_status: 'completed' },
    "12:34:56  Divergence Opened      t1  ours is active, Junction's completed",
  ],
  ['Divergence Closed', {}, '12:34:56  Divergence Closed      t1  redraw in progress'],
  [
    'Redraw Needs Decision',
    { decision: { cause: 'redraw_failed' } },
    '12:34:56  Redraw Needs Decision  t1  redraw failed',
  ],
  [
    'Match Review Opened',
    { transaction_id: undefined, match_review_id: 'm1', decision_code: 'no_match' },
    '12:34:56  Match Review Opened    m1  no match',
  ],
  [
    'Match Review Closed',
    { transaction_id: undefined, match_review_id: 'm1', resolution_action: 'accept' },
    '12:34:56  Match Review Closed    m1  accept',
  ],
  ['Critical Result Reported', { order_id: 'o2' }, '12:34:56  Critical Result Reported  t1  order o2'],
  [
    'Critical Result Acknowledged',
    { order_id: 'o2', acknowledgement: { by: 'Ada' } },
    '12:34:56  Critical Result Acknowledged  t1  order o2, by Ada',
  ],
  [
    'Redraw Review',
    { transaction_id: undefined, open: 3, stale: 1 },
    '12:34:56  Redraw Review          3 open, 1 of them overdue',
  ],
  ['Something New', { outcome: 7 }, '12:34:56  Something New        '],
])('%s becomes one line', (type, more, expected) => {
  expect(line(type, more).trimEnd()).toBe(expected.trimEnd());
});

it('has a line for every domain event', () => {
  for (const type of Object.keys(domainEvents)) expect(line(type)).toMatch(/^12:34:56 {2}\S[^\n]*$/);
});
