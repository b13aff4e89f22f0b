import { hasOpenRedraw, type WithRedraw } from '../redraw/open-redraw.ts';

const OF_OPEN_REDRAW = [
  'redraw_available',
  'requisition_ready',
  'appointment_missed',
  'appointment_cancelled',
] as const;

/**
 * The templates that would be true of a transaction now. The API refuses others.
 *
 * @param reminders how many are sent by themselves; each can have a text of its own. One can always be sent by hand
 */
export function sendableTemplates(transaction: WithRedraw, reminders: number): readonly string[] {
  if (transaction.outcome === 'results_complete') return ['results_complete'];
  if (!hasOpenRedraw(transaction)) return [];
  const names = Array.from({ length: Math.max(1, reminders) }, (_, index) => `reminder_${index + 1}`);
  return [...OF_OPEN_REDRAW, ...names];
}
