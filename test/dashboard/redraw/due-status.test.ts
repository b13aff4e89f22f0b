import { describe, expect, test } from 'vitest';
import type { Redraw } from '../../../dashboard/src/api/answers.ts';
import { dueStatusOf, dueText } from '../../../dashboard/src/redraw/due-status.ts';
import type { WithRedraw } from '../../../dashboard/src/redraw/open-redraw.ts';

const now = Date.parse('2026-03-10T12:00:00Z');

function open(redraw: Partial<Redraw>): WithRedraw {
  return { redraw: { state: 'in_progress', due_at: null, ...redraw } } as WithRedraw;
}

describe('the due status of an open redraw', () => {
  test.each([
    ['flagged', { state: 'stale', due_at: '2026-03-01T00:00:00Z' }, 'overdue', 'Overdue 9 days', 'error'],
    ['flagged without a due time', { state: 'stale' }, 'overdue', 'Overdue', 'error'],
    [
      'flagged, by a clock that is ahead of ours',
      { state: 'stale', due_at: '2026-03-10T12:01:00Z' },
      'overdue',
      'Overdue',
      'error',
    ],
    ['not flagged yet', { due_at: '2026-03-10T11:30:00Z' }, 'overdue', 'Overdue 30 minutes', 'error'],
    ['due within a day', { due_at: '2026-03-11T11:59:59Z' }, 'due_soon', 'Due in 23 hours', 'info'],
    ['due later', { due_at: '2026-03-12T12:00:00Z' }, 'on_time', 'Due in 2 days', 'pending'],
    ['without a due time', { due_at: null }, 'on_time', 'No due date', 'pending'],
    ['with an invalid due time', { due_at: 'soon' }, 'on_time', 'No due date', 'pending'],
  ] as const)('%s', (_name, redraw, status, text, tone) => {
    expect(dueStatusOf(open(redraw), now)).toBe(status);
    expect(dueText(open(redraw), now)).toEqual({ text, tone });
  });

  test('it is not overdue at the moment it is due', () => {
    expect(dueStatusOf(open({ due_at: '2026-03-10T12:00:00Z' }), now)).toBe('due_soon');
    expect(dueStatusOf(open({ due_at: '2026-03-10T11:59:59.999Z' }), now)).toBe('overdue');
  });
});
