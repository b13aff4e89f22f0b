/** Payloads that lack fields, contradict each other, or contain future events. */
import {
  appointment,
  delivered,
  enveloped,
  event,
  fullStatus,
  listed,
  march,
  orderId,
  transaction,
  USER,
  walkIn,
} from '../../oracle/bodies.ts';
import type { SmallJourney } from './journey-parts.ts';
import {
  available,
  initialListed,
  journey,
  ordered,
  partial,
  redrawListed,
  redrawOrder,
  redrawOrdered,
  redrawRequisition,
  requisition,
  within,
} from './journey-parts.ts';

export const IRREGULAR_PAYLOADS: SmallJourney[] = [
  journey(
    'payloads with almost no fields',
    { id: orderId(1) },
    {
      id: orderId(1).toUpperCase(),
      last_event: { id: 5, created_at: '2026-03-02 08:00:00', status: 'completed' },
    },
    { id: orderId(2), order_transaction: { id: null, status: 'active', orders: [] } },
    {
      id: orderId(2),
      origin: 'mystery',
      order_transaction: { id: transaction(1, null, []).id, orders: [{}, { id: null }, { id: orderId(1) }] },
    },
    {
      id: orderId(2),
      events: [{ id: '7', created_at: '2026-03-02T08:00:00.5+00', status: 'failed.walk_in_test.warped' }],
    },
    {
      id: orderId(1),
      user_id: USER,
      order_transaction: { id: transaction(1, null, []).id, status: 'paused', orders: null },
    },
  ),
  journey(
    'client users in only some of the fields',
    walkIn(1, [ordered], { ...within('active'), client_user_id: 'inside-1' }),
    enveloped(walkIn(1, [ordered, requisition], within('active')), { client_user_id: 'outside-1' }),
    {
      event_type: 'labtest.order.updated',
      data: walkIn(1, [ordered, requisition, partial], within('active')),
    },
    enveloped(walkIn(1, [ordered, available], { ...within('active'), user_id: 'registered-user' }), {
      user_id: 'registered-user',
      client_user_id: 'outside-2',
    }),
    {
      event_type: 'labtest.order.created',
      data: { ...redrawOrder([redrawOrdered], within('active')), user_id: null },
      client_user_id: 'nobody',
    },
    redrawOrder([redrawOrdered, redrawRequisition], { ...within('active'), user_id: 'another' }),
  ),
  journey(
    'appointments before, between and after their order',
    enveloped(appointment(1, 1), { event_type: 'labtest.appointment.created' }),
    enveloped(
      appointment(1, 1, {
        status: 'cancelled',
        event_status: 'cancelled',
        events: [
          { created_at: march(2), status: 'scheduled' },
          { created_at: '2026-03-03 08:00:00', status: 'cancelled' },
        ],
      }),
      { event_type: 'labtest.appointment.updated' },
    ),
    {
      event_type: 'labtest.appointment.updated',
      data: appointment(2, 2, { start_at: null, iana_timezone: null }),
    },
    walkIn(1, [ordered], within('active')),
    walkIn(
      1,
      [ordered, event(2, 'appointment_scheduled', march(2))],
      within('active', redrawListed(null, null)),
    ),
    { event_type: 'labtest.result.critical', data: { order_id: orderId(1), interpretation: 'critical' } },
  ),
  {
    name: 'future events, one of which becomes due',
    facts: [
      delivered(walkIn(1, [ordered], within('active')), march(2)),
      delivered(walkIn(1, [ordered, event(2, 'completed', march(9))], within('completed')), march(3)),
      delivered(walkIn(1, [ordered, event(2, 'completed', march(9))], within('completed')), march(10)),
      delivered(
        walkIn(
          1,
          [ordered, event(3, 'cancelled', march(8, '09:00:00'))],
          within(null, redrawListed('ordered', march(20))),
        ),
        march(8),
      ),
      delivered(
        walkIn(
          1,
          [ordered, event(4, 'cancelled', march(8, '09:00:01'))],
          within(null, redrawListed('lost', march(5))),
        ),
        march(8),
      ),
      delivered(
        redrawOrder([event(11, 'ordered', march(30))], within('active', listed(1, 'lost', march(30)))),
        march(8),
      ),
    ],
  },
  journey(
    'snapshots whose ranks differ only in the digest',
    walkIn(1, [ordered], { ...within('active'), has_missing_results: true }),
    walkIn(1, [ordered], { ...within('active'), has_missing_results: false, origin: null }),
    walkIn(1, [{ ...ordered, status: fullStatus('ordered', 'testkit') }], {
      ...within('active'),
      details: { type: 'testkit' },
    }),
    redrawOrder([redrawOrdered], { ...within('active'), lab_test: null, details: null }),
    redrawOrder([redrawOrdered], { ...within('active'), team_id: null }),
    redrawOrder([{ ...redrawOrdered, id: 12 }], within('active')),
  ),
  journey(
    "Junction's reported status where our status is a judgement",
    walkIn(1, [ordered, available], within('active', initialListed)),
    walkIn(1, [ordered, available], { ...within('completed', initialListed), updated_at: march(9) }),
    redrawOrder([redrawOrdered], within('active', redrawListed('ordered', march(7)))),
    redrawOrder(
      [redrawOrdered, event(12, 'cancelled', march(9))],
      within('cancelled', initialListed, redrawListed('cancelled', march(9))),
    ),
    walkIn(1, [ordered, available], {
      ...within('completed', initialListed, redrawListed('cancelled', march(9))),
      updated_at: march(10),
    }),
    walkIn(1, [ordered, available, event(5, 'failure_to_deliver_to_moon', march(11))], within('active')),
  ),
];
