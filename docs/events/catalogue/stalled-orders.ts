import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import { about, copied, INITIAL, LAB_OPS, NURSES } from './example-scene.ts';

const IN_PROGRESS = { status: 'active', outcome: 'in_progress', redraw: null } as const;
const STALLED = { situation: 'order_no_requisition', order_id: INITIAL, cause: null } as const;

export const stalledOrderEvents: DocumentedEvents<
  | 'Order Stalled'
  | 'Stalled Order Progressed'
  | 'Stalled Order Acknowledged'
  | 'Stalled Order Acknowledgement Withdrawn'
> = {
  'Order Stalled': {
    when: 'An order that is not a redraw is overdue at its stage. If an API key for Junction is configured, the sweep checked with Junction, which confirmed it. Published once per stall.',
    example: copied({
      ...about(4, 'order-stalled', '2026-03-02T09:00:00.000000Z'),
      ...IN_PROGRESS,
      next_step: STALLED,
      order_id: INITIAL,
      stage: 'awaiting_requisition',
      due_at: '2026-03-04T09:00:00.000000Z',
      stalled_since: '2026-03-04T09:15:00.000000Z',
      unchecked: false,
      unchecked_reason: null,
    }) as unknown as EventDetail<'Order Stalled'>,
  },
  'Stalled Order Progressed': {
    when: 'A stalled order has progressed or ended (`to_stage` is null).',
    example: copied({
      ...about(6, 'stalled-order-progressed', '2026-03-04T16:00:00.000000Z'),
      ...IN_PROGRESS,
      order_id: INITIAL,
      from_stage: 'awaiting_requisition',
      to_stage: 'awaiting_appointment',
    }) as unknown as EventDetail<'Stalled Order Progressed'>,
  },
  'Stalled Order Acknowledged': {
    when: 'Someone acknowledged a stalled order, or changed the acknowledgement.',
    example: copied({
      ...about(5, 'stalled-order-acknowledged', '2026-03-02T09:00:00.000000Z'),
      ...IN_PROGRESS,
      next_step: STALLED,
      order_id: INITIAL,
      acknowledgement: NURSES,
    }) as unknown as EventDetail<'Stalled Order Acknowledged'>,
  },
  'Stalled Order Acknowledgement Withdrawn': {
    when: 'Someone withdrew the acknowledgement of a stalled order. If progress clears an acknowledgement, this event is not published.',
    example: copied({
      ...about(6, 'stalled-order-acknowledgement-withdrawn', '2026-03-02T09:00:00.000000Z'),
      ...IN_PROGRESS,
      next_step: STALLED,
      order_id: INITIAL,
      acknowledgement: NURSES,
      withdrawal: { by: 'lab-ops@example.com', at: '2026-03-12T15:11:00.000000Z', caller: LAB_OPS },
    }) as unknown as EventDetail<'Stalled Order Acknowledgement Withdrawn'>,
  },
};
