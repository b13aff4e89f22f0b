/** Journeys of one or two deliveries for edge cases in which agreement is hard. */
import { delivered, event, listed, march, orderId, transaction, walkIn } from '../../oracle/bodies.ts';
import type { SmallJourney } from './journey-parts.ts';

const named = (n: number, ...entries: Parameters<typeof transaction>[2]) => ({
  order_transaction: transaction(n, null, entries),
});

export const CORNERS: SmallJourney[] = [
  {
    name: 'two transactions list an order without a webhook of its own: the time since which they conflict',
    facts: [
      delivered(walkIn(1, [event(1, 'ordered', march(5))], named(1, listed(3, 'ordered', march(3))))),
      delivered(walkIn(2, [event(2, 'ordered', march(6))], named(2, listed(3, 'ordered', march(3))))),
    ],
  },
  {
    name: 'an unknown status without a time, of an order without a webhook of its own',
    facts: [delivered(walkIn(1, [], named(1, listed(2, 'failure_to_deliver_to_moon', null))))],
  },
  {
    name: 'null as an entry in the list of orders',
    facts: [delivered(walkIn(1, [event(1, 'ordered', march(1))], named(1, null as never)))],
  },
  {
    name: 'an envelope with another user than the order',
    facts: [
      delivered({
        event_type: 'labtest.order.updated',
        data: walkIn(1, [event(1, 'ordered', march(1))], { user_id: 'registered' }),
        user_id: 'before',
        client_user_id: 'theirs',
      }),
    ],
  },
  {
    name: 'appointment events in the future',
    facts: [
      delivered(visit('pending', march(20)), march(2)),
      delivered(visit('confirmed', march(3)), march(3)),
    ],
  },
];

function visit(status: string, eventAt: string): { [key: string]: unknown } {
  const events = [{ created_at: eventAt, status: 'scheduled' }];
  const id = 'a9900000-0000-4000-8000-000000000001';
  return { event_type: 'labtest.appointment.updated', data: { id, order_id: orderId(1), status, events } };
}
