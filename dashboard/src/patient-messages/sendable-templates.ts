import { hasOpenRedraw, type WithRedraw } from '../redraw/open-redraw.ts';

/** The templates that apply to a stage, besides reminders. */
const NEWS_OF_STAGE: Readonly<Record<string, readonly string[]>> = {
  awaiting_order: ['redraw_available'],
  awaiting_requisition: ['redraw_available'],
  awaiting_appointment: ['requisition_ready', 'appointment_cancelled'],
  awaiting_draw: ['appointment_missed'],
};

/**
 * The templates that apply to a transaction now; none between the draw and complete results. The API rejects others.
 *
 * @param reminders how many are sent by themselves; each can have a text of its own. One can always be sent by hand
 */
export function sendableTemplates(transaction: WithRedraw, reminders: number): readonly string[] {
  if (transaction.outcome === 'results_complete') return ['results_complete'];
  const news = hasOpenRedraw(transaction) && NEWS_OF_STAGE[transaction.redraw.stage ?? ''];
  if (!news) return [];
  if (transaction.redraw?.stage !== 'awaiting_appointment') return news;
  const names = Array.from({ length: Math.max(1, reminders) }, (_, index) => `reminder_${index + 1}`);
  return [...news, ...names];
}
