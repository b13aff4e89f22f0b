/** What an open dialog says about a transaction that changes under it. */
import { expect, test } from 'vitest';
import type { Transaction } from '../../../dashboard/src/api/answers.ts';
import { changedSince } from '../../../dashboard/src/handling/changed-since.ts';
import { person } from '../../callers.ts';
import { transaction } from '../transaction/sample-transaction.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const AT = '2026-03-10T11:00:00Z';
const clara = { by: 'clara', caller: person('clara'), at: AT };
const seen = transaction({
  redraw: { stage: 'awaiting_order', order_id: null, due_at: '2026-03-11T12:00:00Z' },
});
const redraw = seen.redraw as NonNullable<Transaction['redraw']>;

test.each<[string, Partial<Transaction>, string | null]>([
  ['nothing', { revision: 99 }, null],
  [
    'an owner',
    { assignment: { ...clara, assignee: 'clara', follow_up_at: null } },
    'clara assigned it to clara 1 hour ago.',
  ],
  [
    'an acknowledgement',
    {
      redraw: { ...redraw, acknowledgement: { ...clara, note: null, stop_messages: false, decided: null } },
    },
    'clara acknowledged it 1 hour ago.',
  ],
  [
    'progress',
    { redraw: { ...redraw, order_id: 'second', stage: 'awaiting_appointment' } },
    'Redraw in progress: waiting for an appointment or the draw.',
  ],
])('%s', (_, change, text) => {
  expect(changedSince(seen, { ...seen, ...change }, NOW)).toBe(text);
});
