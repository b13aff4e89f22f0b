import { historyExample } from './history.ts';

export const summaryExamples = {
  summary: {
    total: 1,
    status: {
      active: 1,
      completed: 0,
      cancelled: 0,
    },
    outcome: {
      in_progress: 0,
      redraw_expected: 0,
      redraw_in_progress: 1,
      results_complete: 0,
      results_incomplete: 0,
      failed: 0,
      cancelled: 0,
    },
    redraw: {
      none: 0,
      expected: 0,
      in_progress: 1,
      stale: 0,
      completed: 0,
      cancelled: 0,
      failed: 0,
    },
    needs_decision: 0,
    stalled_orders: 0,
    could_not_be_reached: 0,
    newest_processed_at: null,
    newest_webhook_age_seconds: null,
  },
  history: historyExample,
};
