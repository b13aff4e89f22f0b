/** Every event in words, with an example. The schemas in core/domain say what an event contains. */
import type { EventDetail, EventType } from '../../core/domain/events/domain-events.ts';

export interface DocumentedEvent<Type extends EventType> {
  /** When it is published. */
  readonly when: string;
  readonly example: EventDetail<Type>;
}

const TRANSACTION = '6424dd45-6a4e-4f2c-8d0b-4f2d1d2f9a01';
const INITIAL = '0b6c7e0a-9a53-4b59-9a4f-2f5f0f8b7c11';
const REDRAW = '3d2f8c54-1d7e-4a8e-b0a5-8a9f5d6e7b22';

const ferritin = {
  name: 'Ferritin',
  slug: 'ferritin',
  failure_type: 'quantity_not_sufficient_failure',
  loinc: '2276-4',
};

const about = (revision: number, event: string, time: string) => ({
  id: `${TRANSACTION}:${INITIAL.slice(-12)}.1:${revision}:${event}`,
  correlation_id: 'msg_2f5f0f8b7c119a534b59',
  time,
  transaction_id: TRANSACTION,
  revision,
  team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
  user_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  client_user_id: 'clinic-7/1234',
});

const AVAILABLE_AT = '2026-03-05T10:00:00.000000Z';
const ORDERED_AT = '2026-03-05T10:00:05.000000Z';
const REQUESTED_AT = '2026-03-05T14:00:00.000000Z';
const COMPLETED_AT = '2026-03-19T08:30:00.000000Z';

const NURSES = {
  by: 'nurse@example.com',
  note: 'left a message',
  at: '2026-03-12T15:10:00.000000Z',
  // A program of yours acknowledged it for the nurse.
  caller: { subject: '1example23456789', client_id: '1example23456789', name: null },
};
const LAB_OPS = {
  subject: '11111111-3526-4838-8c92-063fa760fb6b',
  client_id: '7example98765432',
  name: 'lab-ops@example.com',
};

const ACTIVE = { status: 'active', outcome: 'redraw_in_progress' } as const;
const IN_PROGRESS = { status: 'active', outcome: 'in_progress', redraw: null } as const;
const COMPLETED = { status: 'completed', outcome: 'results_complete' } as const;

const expected = {
  state: 'expected',
  stage: 'awaiting_order',
  order_id: null,
  single_order: false,
  available_at: AVAILABLE_AT,
  due_at: '2026-03-05T11:00:00.000000Z',
  stale_since: null,
  missing_results: [],
} as const;

const ordered = {
  ...expected,
  state: 'in_progress',
  stage: 'awaiting_requisition',
  order_id: REDRAW,
  due_at: '2026-03-06T10:00:05.000000Z',
  missing_results: [ferritin],
} as const;

const requested = {
  ...ordered,
  stage: 'awaiting_appointment',
  due_at: '2026-03-12T14:00:00.000000Z',
} as const;
const stale = { ...requested, state: 'stale', stale_since: '2026-03-12T14:00:00.000000Z' } as const;
const done = { ...requested, state: 'completed', stage: null, due_at: null, missing_results: [] } as const;

const MATCH_REVIEW = '5f0c3c1e-6a0e-4e0a-9c1b-0b8f6c1d2e33';

const matchReview = {
  correlation_id: 'msg_2f5f0f8b7c119a534b59',
  time: REQUESTED_AT,
  match_review_id: MATCH_REVIEW,
  team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
  status: 'pending_customer_review',
  decision_code: 'multiple_demo_match',
  resolution_action: null,
  resolved_order_id: null,
};

const criticalResult = {
  correlation_id: 'msg_2f5f0f8b7c119a534b59',
  order_id: INITIAL,
  transaction_id: TRANSACTION,
  team_id: '6353bcab-3526-4838-8c92-063fa760fb6b',
  user_id: '3fa85f64-5717-4562-b3fc-2c963f66afa6',
  client_user_id: 'clinic-7/1234',
};

/** A fresh copy: no two events share an object that somebody could change. */
const copied = <Value>(value: Value): Value => structuredClone(value);

export const catalogue: { readonly [Type in EventType]: DocumentedEvent<Type> } = {
  'Redraw Available': {
    when: 'An order is `redraw_available`: a redraw is possible, or Junction has ordered it already.',
    example: copied({
      ...about(4, 'redraw-available', AVAILABLE_AT),
      ...{ status: 'active', outcome: 'redraw_expected', redraw: expected },
    }) as unknown as EventDetail<'Redraw Available'>,
  },
  'Redraw Order Linked': {
    when: 'The redraw order is known, or another one has replaced it (a recreation, or a second redraw).',
    example: copied({
      ...about(5, 'redraw-order-linked', ORDERED_AT),
      ...ACTIVE,
      redraw: ordered,
      order_id: REDRAW,
    }) as unknown as EventDetail<'Redraw Order Linked'>,
  },
  'Redraw Stale': {
    when: 'An open redraw is overdue. If a key for its API is configured, Junction was asked and confirms it. Published once per stall.',
    example: copied({
      ...about(7, 'redraw-stale', REQUESTED_AT),
      ...ACTIVE,
      redraw: stale,
      stale_since: stale.stale_since,
      unchecked: false,
      unchecked_reason: null,
    }) as unknown as EventDetail<'Redraw Stale'>,
  },
  'Redraw Needs Decision': {
    when: 'A redraw was cancelled, failed, or completed, and results are still missing. Junction does nothing more: a person has to decide. An acknowledgement with a note closes it.',
    example: copied({
      ...about(9, 'redraw-needs-decision', COMPLETED_AT),
      ...{ status: 'completed', outcome: 'results_incomplete' },
      redraw: { ...done, state: 'cancelled', missing_results: [ferritin] },
      decision: { cause: 'redraw_cancelled', since: COMPLETED_AT },
    }) as unknown as EventDetail<'Redraw Needs Decision'>,
  },
  'Redraw Progressed': {
    when: 'An open redraw progressed: to another stage, to another appointment, or to its end (`to_stage` is null). Its flag and its acknowledgement are cleared.',
    example: copied({
      ...about(6, 'redraw-progressed', REQUESTED_AT),
      ...ACTIVE,
      redraw: requested,
      from_stage: 'awaiting_requisition',
      to_stage: 'awaiting_appointment',
      was_stale: false,
    }) as unknown as EventDetail<'Redraw Progressed'>,
  },
  'Redraw Acknowledged': {
    when: 'Somebody acknowledged an open redraw, or changed the acknowledgement.',
    example: copied({
      ...about(8, 'redraw-acknowledged', REQUESTED_AT),
      ...ACTIVE,
      redraw: stale,
      acknowledgement: NURSES,
    }) as unknown as EventDetail<'Redraw Acknowledged'>,
  },
  'Redraw Acknowledgement Withdrawn': {
    when: 'Somebody withdrew the acknowledgement of an open redraw. An acknowledgement that progress clears causes no such event, only `Redraw Progressed`.',
    example: copied({
      ...about(9, 'redraw-acknowledgement-withdrawn', REQUESTED_AT),
      ...ACTIVE,
      redraw: stale,
      acknowledgement: NURSES,
      withdrawal: { by: 'lab-ops@example.com', at: '2026-03-12T15:11:00.000000Z', caller: LAB_OPS },
    }) as unknown as EventDetail<'Redraw Acknowledgement Withdrawn'>,
  },
  'Order Stalled': {
    when: 'An order that is not a redraw is overdue at its stage. If a key for its API is configured, Junction was asked and confirms it. Published once per stall.',
    example: copied({
      ...about(4, 'order-stalled', '2026-03-02T09:00:00.000000Z'),
      ...IN_PROGRESS,
      ...{ order_id: INITIAL, stage: 'awaiting_requisition', due_at: '2026-03-04T09:00:00.000000Z' },
      ...{ stalled_since: '2026-03-04T09:15:00.000000Z', unchecked: false, unchecked_reason: null },
    }) as unknown as EventDetail<'Order Stalled'>,
  },
  'Stalled Order Progressed': {
    when: 'A stalled order has progressed, or is over (`to_stage` is null).',
    example: copied({
      ...about(6, 'stalled-order-progressed', '2026-03-04T16:00:00.000000Z'),
      ...IN_PROGRESS,
      ...{ order_id: INITIAL, from_stage: 'awaiting_requisition', to_stage: 'awaiting_appointment' },
    }) as unknown as EventDetail<'Stalled Order Progressed'>,
  },
  'Stalled Order Acknowledged': {
    when: 'Somebody acknowledged a stalled order, or changed the acknowledgement.',
    example: copied({
      ...about(5, 'stalled-order-acknowledged', '2026-03-02T09:00:00.000000Z'),
      ...IN_PROGRESS,
      ...{ order_id: INITIAL, acknowledgement: NURSES },
    }) as unknown as EventDetail<'Stalled Order Acknowledged'>,
  },
  'Stalled Order Acknowledgement Withdrawn': {
    when: 'Somebody withdrew the acknowledgement of a stalled order. An acknowledgement that progress clears causes no such event.',
    example: copied({
      ...about(6, 'stalled-order-acknowledgement-withdrawn', '2026-03-02T09:00:00.000000Z'),
      ...IN_PROGRESS,
      ...{ order_id: INITIAL, acknowledgement: NURSES },
      withdrawal: { by: 'lab-ops@example.com', at: '2026-03-12T15:11:00.000000Z', caller: LAB_OPS },
    }) as unknown as EventDetail<'Stalled Order Acknowledgement Withdrawn'>,
  },
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
      ...{ status: 'cancelled', outcome: 'cancelled', redraw: null },
    },
  },
  'Transaction Reopened': {
    when: 'A completed or cancelled transaction is active again: an order was reinstated, or a redraw was ordered later.',
    example: {
      ...about(4, 'transaction-reopened', '2026-03-03T09:00:00.000000Z'),
      ...{ status: 'active', outcome: 'in_progress', redraw: null, from_status: 'cancelled' },
    },
  },
  'Transaction Anomaly': {
    when: 'Something happened that Junction documents as impossible. The codes are in [state-model.md](../state-model.md#anomalies).',
    example: {
      ...about(4, `transaction-anomaly-reinstated_after_cancelled-${INITIAL}`, '2026-03-03T09:00:00.000000Z'),
      ...{ status: 'active', outcome: 'in_progress', redraw: null },
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
      ...{ ...COMPLETED, redraw: null, reported_status: 'active' },
    },
  },
  'Divergence Closed': {
    when: "Junction's status and ours agree again.",
    example: { ...about(10, 'divergence-closed', COMPLETED_AT), ...COMPLETED, redraw: null },
  },
  'Match Review Opened': {
    when: 'Junction could not match a result to an order with certainty, and a person has to decide.',
    example: copied({ ...matchReview, id: `match-review:${MATCH_REVIEW}:opened` }),
  },
  'Match Review Closed': {
    when: 'A match review was decided. `resolved_order_id` is the order that the result was assigned to, if there is one.',
    example: copied({
      ...matchReview,
      id: `match-review:${MATCH_REVIEW}:closed`,
      time: COMPLETED_AT,
      status: 'resolved',
      resolution_action: 'accept',
      resolved_order_id: INITIAL,
    }),
  },
  'Critical Result Reported': {
    when: 'Junction reported a critical result of an order (`labtest.result.critical`). Published at once for each report, unless an acknowledgement covers it already. It holds no value: authorized people read it in the Results view.',
    example: {
      ...criticalResult,
      id: `critical-result:${INITIAL}:2026-03-04T08:30:00.000000Z:final`,
      time: '2026-03-04T08:30:00.000000Z',
      report: { status: 'final', updated_at: '2026-03-04T08:30:00.000000Z' },
    },
  },
  'Critical Result Acknowledged': {
    when: 'Somebody acknowledged the critical result of an order, with all reports so far. A later report opens it again.',
    example: {
      ...criticalResult,
      id: `critical-result:${INITIAL}:acknowledged:2026-03-04T08:41:00.000000Z`,
      time: '2026-03-04T08:41:00.000000Z',
      opened_at: '2026-03-04T08:30:02.000000Z',
      acknowledgement: { by: LAB_OPS.name, at: '2026-03-04T08:41:00.000000Z', caller: LAB_OPS },
    },
  },
  'Redraw Review': {
    when: 'The open redraws, once a week (`scope` is `open`), and the overdue ones, daily if that is switched on (`stale`).',
    example: {
      id: 'review:open:2026-03-16T09:00:00.000000Z',
      correlation_id: '8c1f5f0e-6f3e-4a51-9d2f-1b7f0c3f4f5a',
      time: '2026-03-16T09:00:00.000000Z',
      scope: 'open',
      open: 2,
      stale: 1,
      acknowledged: 1,
      needs_decision: 1,
      stalled_orders: 2,
      redraws: [
        {
          transaction_id: TRANSACTION,
          order_id: REDRAW,
          stage: 'awaiting_appointment',
          due_at: stale.due_at,
          stale_since: stale.stale_since,
          acknowledged_by: 'nurse@example.com',
        },
        {
          transaction_id: '99a23044-39bb-42ff-9d2b-f9e34313a1a7',
          order_id: null,
          stage: 'awaiting_order',
          due_at: '2026-03-16T09:40:00.000000Z',
          stale_since: null,
          acknowledged_by: null,
        },
      ],
      left_out: 0,
    },
  },
};
