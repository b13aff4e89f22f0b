import { hasOpenRedraw, type WithRedraw } from '../redraw/open-redraw.ts';

const OF_OPEN_REDRAW = [
  'redraw_available',
  'requisition_ready',
  'appointment_missed',
  'appointment_cancelled',
  'reminder_1',
] as const;

/** The templates that would be true of a transaction now. The API refuses others. */
export function sendableTemplates(transaction: WithRedraw): readonly string[] {
  if (transaction.outcome === 'results_complete') return ['results_complete'];
  return hasOpenRedraw(transaction) ? OF_OPEN_REDRAW : [];
}
