import { historyExample } from './history.ts';

export const summaryExamples = {
  junctionNotices: {
    unreadable_fields: [
      { field: 'order.lab_test.name', count: 2, last_seen_at: '2026-03-09T08:00:00.000000Z' },
    ],
    not_offered: [
      {
        team_id: null,
        route: 'psc_appointment',
        since: '2026-03-09T08:00:00.000000Z',
        reason: "Junction's API did not answer: 503",
        asked_again_at: '2026-03-10T12:00:00.000000Z',
      },
    ],
  },
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
    overdue_redraws: 1,
    critical_results: { open: 0, overdue: 0, oldest_opened_at: null, overdue_after_seconds: 3_600 },
    match_reviews: 0,
    could_not_be_reached: 0,
    counted_at: '2026-03-08T08:00:00.000000Z',
    newest_processed_at: null,
    newest_webhook_age_seconds: null,
  },
  history: historyExample,
  alarms: {
    alarms: [
      {
        id: 'redraw-tracker-MonitoringAlarmsWebhooksQuarantined5C1D2E3F-a1B2c3D4e5F6',
        name: 'Webhooks quarantined',
        meaning:
          'Signed webhooks of Junction that could not be parsed are waiting in quarantine, unchanged. Their orders keep their old state until somebody replays the webhooks after a fix, or dismisses them.',
        state: 'alarm' as const,
        since: '2026-03-10T07:35:12.408000Z',
        reason:
          'Threshold Crossed: 1 datapoint [2.0 (10/03/26 07:30:00)] was greater than or equal to the threshold (1.0).',
        runbook: 'https://wiki.example.com/redraw-tracker/runbook#webhooks-quarantined',
      },
      {
        id: 'redraw-tracker-MonitoringAlarmsRedriveErrors0A1B2C3D-g7H8i9J0k1L2',
        name: 'Redrive errors',
        meaning:
          'The redrive crashed or timed out. It runs again in five minutes. As long as it fails, failed records stay in the failure bucket, and no alarm says that a critical result waits.',
        state: 'ok' as const,
        since: '2026-02-25T12:04:51.117000Z',
        reason:
          'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
        runbook: 'https://wiki.example.com/redraw-tracker/runbook#redrive-errors',
      },
    ],
    read_at: '2026-03-10T08:00:00.000000Z',
  },
};
