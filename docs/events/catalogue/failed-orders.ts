import type { EventDetail } from '../../../core/domain/events/domain-events.ts';
import type { DocumentedEvents } from './documented-event.ts';
import { about, copied, INITIAL, LAB_OPS, NURSES } from './example-scene.ts';

const FAILED_AT = '2026-03-06T11:20:00.000000Z';
const FAILED = { status: 'completed', outcome: 'failed', redraw: null } as const;
const TO_DECIDE = { situation: 'sample_failed', order_id: INITIAL, cause: 'sample_hemolyzed' } as const;

export const failedOrderEvents: DocumentedEvents<
  'Order Failed' | 'Failed Order Acknowledged' | 'Failed Order Acknowledgement Withdrawn'
> = {
  'Order Failed': {
    when: 'An order failed (a lost kit, a sample error), and no redraw follows it. Junction takes no further action, so a person has to decide. An acknowledgement with a note closes the decision.',
    example: copied({
      ...about(5, 'order-failed', FAILED_AT),
      ...FAILED,
      next_step: TO_DECIDE,
      order_id: INITIAL,
      decision: { reason: 'order_failed', cause: 'sample_failed', order_id: INITIAL, since: FAILED_AT },
    }) as unknown as EventDetail<'Order Failed'>,
  },
  'Failed Order Acknowledged': {
    when: 'Someone recorded a decision about a failed order, or changed it.',
    example: copied({
      ...about(6, 'failed-order-acknowledged', FAILED_AT),
      ...FAILED,
      order_id: INITIAL,
      acknowledgement: { ...NURSES, decided: 'enough' },
    }) as unknown as EventDetail<'Failed Order Acknowledged'>,
  },
  'Failed Order Acknowledgement Withdrawn': {
    when: 'Someone withdrew the decision about a failed order.',
    example: copied({
      ...about(7, 'failed-order-acknowledgement-withdrawn', FAILED_AT),
      ...FAILED,
      next_step: TO_DECIDE,
      order_id: INITIAL,
      acknowledgement: { ...NURSES, decided: 'enough' },
      withdrawal: { by: 'lab-ops@example.com', at: '2026-03-12T15:11:00.000000Z', caller: LAB_OPS },
    }) as unknown as EventDetail<'Failed Order Acknowledgement Withdrawn'>,
  },
};
