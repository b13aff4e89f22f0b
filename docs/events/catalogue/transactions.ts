import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import { about, COMPLETED_AT, copied, done, ferritin, INITIAL, TRANSACTION } from './example-scene.ts';

const COMPLETED = { status: 'completed', outcome: 'results_complete' } as const;

const { id, correlation_id, time, transaction_id, revision, team_id } = about(
  9,
  'insight-changed',
  COMPLETED_AT,
);

const insightChanged = {
  id,
  correlation_id,
  time,
  transaction_id,
  revision,
  // After the event about the same change.
  sequence: 1,
  team_id,
  insight: {
    transaction_id: TRANSACTION,
    revision: 9,
    updated_at: COMPLETED_AT,
    team_id,
    month: '2026-03',
    lab: 'quest',
    test: 'Iron Panel',
    outcome: 'results_complete',
    overdue: true,
    hours_awaiting_requisition: 2,
    hours_awaiting_appointment: null,
    hours_awaiting_draw: null,
    hours_awaiting_result: 52,
    hours_until_results: 430,
    had_redraw: true,
    redraw_overdue: true,
    redraw_markers: [ferritin.name],
    redraw_failure_types: [ferritin.failure_type],
    redraw_hours_awaiting_order: 0,
    redraw_hours_awaiting_requisition: 4,
    redraw_hours_awaiting_appointment: null,
    redraw_hours_awaiting_draw: null,
    redraw_hours_awaiting_result: 40,
    redraw_hours_until_results: 334,
  },
} satisfies EventDetail<'Insight Changed'>;

export const transactionEvents: DocumentedEvents<
  | 'Transaction Completed'
  | 'Transaction Cancelled'
  | 'Transaction Reopened'
  | 'Transaction Anomaly'
  | 'Divergence Opened'
  | 'Divergence Closed'
  | 'Insight Changed'
> = {
  'Transaction Completed': {
    when: 'A transaction has completed, or its outcome has changed since. `outcome` says whether the results are complete.',
    example: copied({
      ...about(9, 'transaction-completed', COMPLETED_AT),
      ...COMPLETED,
      redraw: done,
    }) as unknown as EventDetail<'Transaction Completed'>,
  },
  'Transaction Cancelled': {
    when: 'A transaction was cancelled.',
    example: {
      ...about(3, 'transaction-cancelled', '2026-03-02T09:00:00.000000Z'),
      status: 'cancelled',
      outcome: 'cancelled',
      redraw: null,
    },
  },
  'Transaction Reopened': {
    when: 'A completed or cancelled transaction is active again: an order was reinstated, or a redraw was ordered later.',
    example: {
      ...about(4, 'transaction-reopened', '2026-03-03T09:00:00.000000Z'),
      status: 'active',
      outcome: 'in_progress',
      redraw: null,
      from_status: 'cancelled',
    },
  },
  'Transaction Anomaly': {
    when: 'Something happened that Junction documents as impossible. [state-model.md](../state-model.md#anomalies) lists the codes.',
    example: {
      ...about(4, `transaction-anomaly-reinstated_after_cancelled-${INITIAL}`, '2026-03-03T09:00:00.000000Z'),
      status: 'active',
      outcome: 'in_progress',
      redraw: null,
      anomaly: {
        code: 'reinstated_after_cancelled',
        order_id: INITIAL,
        first_seen_at: '2026-03-03T09:00:00.000000Z',
      },
    },
  },
  'Divergence Opened': {
    when: "Junction's own status of a transaction differs from ours, although Junction knew every fact stored here. The sweep checks the transaction with Junction.",
    example: {
      ...about(9, 'divergence-opened', COMPLETED_AT),
      ...COMPLETED,
      redraw: null,
      reported_status: 'active',
    },
  },
  'Divergence Closed': {
    when: "Junction's status and ours agree again.",
    example: { ...about(10, 'divergence-closed', COMPLETED_AT), ...COMPLETED, redraw: null },
  },
  'Insight Changed': {
    when: 'A transaction has closed, or its [insight](../api.md#insights) figures have changed since. `insight` contains the figures as one flat row. If the transaction is no longer closed, the row is published again with the outcome `open`. If its orders are now in another transaction, it is published again with the outcome `moved`. The row with the greater `revision` counts.',
    example: insightChanged,
  },
};
