import { describe, expect, test } from 'vitest';
import type { Redraw } from '../../../dashboard/src/api/answers.ts';
import { dueStatusOf, dueText } from '../../../dashboard/src/redraw/due-status.ts';
import type { WithRedraw } from '../../../dashboard/src/redraw/open-redraw.ts';

const now = Date.parse('2026-03-10T12:00:00Z');

function open(redraw: Partial<Redraw>): WithRedraw {
  return { redraw: { state: 'in_progress', due_at: null, ...redraw } } as WithRedraw;
}

describe('how an open redraw stands against its clock', () => {
  test.each([
    ['flagged', { state: 'stale', due_at: '2026-03-01T00:00:00Z' }, 'stale', 'Overdue by 9 days', 'error'],
    ['flagged without a date', { state: 'stale' }, 'stale', 'Stale', 'error'],
    ['its time is up', { due_at: '2026-03-10T11:30:00Z' }, 'overdue', 'Overdue by 30 minutes', 'warning'],
    ['today', { due_at: '2026-03-11T11:59:59Z' }, 'due_soon', 'Due in 23 hours', 'info'],
    ['another day', { due_at: '2026-03-12T12:00:00Z' }, 'on_time', 'Due in 2 days', 'pending'],
    ['without a clock', { due_at: null }, 'on_time', 'No due date', 'pending'],
    ['a date that is none', { due_at: 'soon' }, 'on_time', 'No due date', 'pending'],
  ] as const)('%s', (_name, redraw, standing, text, tone) => {
    expect(dueStatusOf(open(redraw), now)).toBe(standing);
    expect(dueText(open(redraw), now)).toEqual({ text, tone });
  });

  test('the moment it is due it is not late yet', () => {
    expect(dueStatusOf(open({ due_at: '2026-03-10T12:00:00Z' }), now)).toBe('due_soon');
    expect(dueStatusOf(open({ due_at: '2026-03-10T11:59:59.999Z' }), now)).toBe('overdue');
  });
});
