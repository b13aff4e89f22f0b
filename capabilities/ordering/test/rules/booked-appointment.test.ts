import { describe, expect, test } from 'vitest';
import type { Appointment } from '../../../../core/domain/order/order-record.ts';
import { at, event, record, snapshot } from '../../../../test/core/domain/order-records.ts';
import { bookedAppointment } from '../../rules/booked-appointment.ts';

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
