import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import { about, COMPLETED_AT, copied, done, INITIAL } from './example-scene.ts';

const COMPLETED = { status: 'completed', outcome: 'results_complete' } as const;

export const transactionEvents: DocumentedEvents<
  | 'Transaction Completed'
  | 'Transaction Cancelled'
  | 'Transaction Reopened'
  | 'Transaction Anomaly'
  | 'Divergence Opened'
  | 'Divergence Closed'
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
    when: 'Something happened that Junction documents as impossible. The codes are in [state-model.md](../state-model.md#anomalies).',
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
    when: "Junction's own status of a transaction differs from ours, although Junction knew every fact held here. The sweep asks Junction about it.",
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
};
