import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import {
  AVAILABLE_AT,
  about,
  COMPLETED_AT,
  copied,
  done,
  expected,
  ferritin,
  LAB_OPS,
  NURSES,
  ordered,
  REDRAW,
  REQUESTED_AT,
  requested,
  TRANSACTION,
  withRedraw,
} from './example-scene.ts';

const ORDERED_AT = '2026-03-05T10:00:05.000000Z';
const ACTIVE = { status: 'active', outcome: 'redraw_in_progress' } as const;
const stale = { ...requested, state: 'stale', stale_since: '2026-03-12T14:00:00.000000Z' } as const;

export const redrawEvents: DocumentedEvents<
  | 'Redraw Available'
  | 'Redraw Order Linked'
  | 'Redraw Stale'
  | 'Redraw Needs Decision'
  | 'Redraw Progressed'
  | 'Redraw Acknowledged'
  | 'Redraw Acknowledgement Withdrawn'
  | 'Redraw Review'
> = {
  'Redraw Available': {
    when: 'An order became `redraw_available`: a redraw is possible, or Junction has already ordered it.',
    example: copied({
      ...about(4, 'redraw-available', AVAILABLE_AT),
      status: 'active',
      outcome: 'redraw_expected',
      ...withRedraw(expected, 'no_order'),
    }) as unknown as EventDetail<'Redraw Available'>,
  },
  'Redraw Order Linked': {
    when: 'The redraw order became known, or another order (a recreation or a second redraw) replaced it.',
    example: copied({
      ...about(5, 'redraw-order-linked', ORDERED_AT),
      ...ACTIVE,
      ...withRedraw(ordered, 'no_requisition'),
      order_id: REDRAW,
    }) as unknown as EventDetail<'Redraw Order Linked'>,
  },
  'Redraw Stale': {
    when: 'An open redraw is overdue. If an API key for Junction is configured, the sweep checked with Junction, which confirmed it. Published once per stall.',
    example: copied({
      ...about(7, 'redraw-stale', REQUESTED_AT),
      ...ACTIVE,
      ...withRedraw(stale, 'no_appointment_overdue'),
      stale_since: stale.stale_since,
      unchecked: false,
      unchecked_reason: null,
    }) as unknown as EventDetail<'Redraw Stale'>,
  },
  'Redraw Needs Decision': {
    when: 'A redraw was cancelled, failed or completed, and results are still missing, and Junction takes no further action. Or an open redraw may no longer be needed (`reason: redraw_not_needed`). A person has to decide. An acknowledgement with a note closes the decision.',
    example: copied({
      ...about(9, 'redraw-needs-decision', COMPLETED_AT),
      status: 'completed',
      outcome: 'results_incomplete',
      redraw: { ...done, state: 'cancelled' },
      missing_results: [ferritin],
      next_step: { situation: 'redraw_cancelled', order_id: REDRAW, cause: null },
      decision: {
        reason: 'redraw_ended',
        cause: 'redraw_cancelled',
        order_id: REDRAW,
        since: COMPLETED_AT,
      },
    }) as unknown as EventDetail<'Redraw Needs Decision'>,
  },
  'Redraw Progressed': {
    when: 'An open redraw progressed to another stage or another appointment, or it ended (`to_stage` is null). Its flag and its acknowledgement are cleared.',
    example: copied({
      ...about(6, 'redraw-progressed', REQUESTED_AT),
      ...ACTIVE,
      ...withRedraw(requested, 'no_appointment'),
      from_stage: 'awaiting_requisition',
      to_stage: 'awaiting_appointment',
      was_stale: false,
    }) as unknown as EventDetail<'Redraw Progressed'>,
  },
  'Redraw Acknowledged': {
    when: 'Someone acknowledged an open redraw, or changed the acknowledgement. `stop_messages` shows whether messages to the patient about the redraw are stopped, and `decided` what was decided, if somebody chose it.',
    example: copied({
      ...about(8, 'redraw-acknowledged', REQUESTED_AT),
      ...ACTIVE,
      ...withRedraw(stale, 'no_appointment_overdue'),
      acknowledgement: { ...NURSES, stop_messages: false, decided: null },
    }) as unknown as EventDetail<'Redraw Acknowledged'>,
  },
  'Redraw Acknowledgement Withdrawn': {
    when: 'Someone withdrew the acknowledgement of an open redraw. If progress clears an acknowledgement, only `Redraw Progressed` is published.',
    example: copied({
      ...about(9, 'redraw-acknowledgement-withdrawn', REQUESTED_AT),
      ...ACTIVE,
      ...withRedraw(stale, 'no_appointment_overdue'),
      acknowledgement: { ...NURSES, stop_messages: false, decided: null },
      withdrawal: { by: 'lab-ops@example.com', at: '2026-03-12T15:11:00.000000Z', caller: LAB_OPS },
    }) as unknown as EventDetail<'Redraw Acknowledgement Withdrawn'>,
  },
  'Redraw Review': {
    when: 'The review of open redraws. With the scope `open`, it is published once a week. With the scope `stale`, it lists only overdue redraws and is published daily if this is switched on.',
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
      overdue: 1,
      critical_results: 0,
      match_reviews: 0,
      redraws: [
        {
          transaction_id: TRANSACTION,
          order_id: REDRAW,
          stage: 'awaiting_appointment',
          due_at: stale.due_at,
          stale_since: stale.stale_since,
          acknowledged_by: 'nurse@example.com',
          owner: 'nurse@example.com',
        },
        {
          transaction_id: '99a23044-39bb-42ff-9d2b-f9e34313a1a7',
          order_id: null,
          stage: 'awaiting_order',
          due_at: '2026-03-16T09:40:00.000000Z',
          stale_since: null,
          acknowledged_by: null,
          owner: null,
        },
      ],
      left_out: 0,
    },
  },
};
