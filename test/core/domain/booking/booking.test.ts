import { describe, expect, test } from 'vitest';
import { bookedAppointment } from '../../../../core/domain/booking/booked-appointment.ts';
import { cancellationRefusal } from '../../../../core/domain/booking/cancellation.ts';
import type { Appointment } from '../../../../core/domain/order/order-record.ts';
import { at, event, record, snapshot } from '../order-records.ts';

const DAY = 86_400;

const appointment = (fields: Partial<Appointment> = {}): Appointment => ({
  id: 'a',
  status: 'confirmed',
  event_status: 'scheduled',
  start_at: at(5 * DAY),
  end_at: null,
  iana_timezone: null,
  provider: 'quest',
  type: null,
  can_reschedule: true,
  updated_at: at(DAY),
  ...fields,
});

describe('an appointment is active', () => {
  test.each<[boolean, string, Partial<Appointment>, status: string, modality: string]>([
    [
      true,
      'while it is in the future',
      {},
      'collecting_sample.walk_in_test.appointment_scheduled',
      'walk_in_test',
    ],
    [true, 'while it has no time', { start_at: null }, 'received.walk_in_test.ordered', 'walk_in_test'],
    [
      true,
      'although the order at a center is cancelled',
      {},
      'cancelled.walk_in_test.cancelled',
      'walk_in_test',
    ],
    [
      false,
      'not when it is cancelled',
      { status: 'cancelled' },
      'received.walk_in_test.ordered',
      'walk_in_test',
    ],
    [
      false,
      'not when it is completed',
      { event_status: 'completed' },
      'received.walk_in_test.ordered',
      'walk_in_test',
    ],
    [false, 'not when it is past', { start_at: at(DAY) }, 'received.walk_in_test.ordered', 'walk_in_test'],
    [
      false,
      'not when its end is past',
      { end_at: at(4 * DAY - 1) },
      'received.walk_in_test.ordered',
      'walk_in_test',
    ],
    [
      false,
      'not after the draw',
      {},
      'collecting_sample.at_home_phlebotomy.draw_completed',
      'at_home_phlebotomy',
    ],
    [false, 'not when the order ended', {}, 'failed.walk_in_test.sample_error', 'walk_in_test'],
    [
      false,
      'not when the order at home is cancelled',
      {},
      'cancelled.at_home_phlebotomy.cancelled',
      'at_home_phlebotomy',
    ],
  ])('%s: %s', (isActive, _, fields, status, modality) => {
    const order = record(1, {
      snapshot: snapshot({ modality }),
      events: [event(DAY, status)],
      appointments: [appointment(fields)],
    });
    expect(bookedAppointment(order, at(4 * DAY)) !== null).toBe(isActive);
  });
});

// https://docs.junction.com/lab/workflow/cancelling-an-order
test.each([
  [
    'walk_in_test',
    'ordered requisition_created requisition_bypassed appointment_pending appointment_scheduled appointment_cancelled',
    'partial_results redraw_available completed corrected sample_error cancelled',
  ],
  [
    'at_home_phlebotomy',
    'ordered requisition_created appointment_pending appointment_scheduled appointment_cancelled draw_completed',
    'partial_results completed sample_error cancelled',
  ],
  [
    'on_site_collection',
    'ordered requisition_created draw_completed',
    'partial_results completed sample_error cancelled',
  ],
  [
    'testkit',
    'ordered awaiting_registration registered requisition_created something_new',
    'transit_customer out_for_delivery with_customer transit_lab delivered_to_lab lost failure_to_deliver_to_lab completed cancelled do_not_process',
  ],
])('%s can be cancelled in the documented statuses', (modality, possible, refused) => {
  for (const low of possible.split(' '))
    expect([low, cancellationRefusal(modality, low, null)]).toEqual([low, null]);
  for (const low of refused.split(' ')) {
    expect([low, cancellationRefusal(modality, low, null)]).toEqual([low, expect.any(String)]);
  }
});
