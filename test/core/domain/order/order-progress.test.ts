/** The active appointment of an order, and what its appointments show about the draw. */
import { describe, expect, test } from 'vitest';
import { progressOf, progressOfStatus } from '../../../../core/domain/order/order-progress.ts';
import type { Appointment } from '../../../../core/domain/order/order-record.ts';
import { at, event, record } from '../order-records.ts';

const visit = (id: string, fields: Partial<Appointment> = {}): Appointment => ({
  id,
  status: 'confirmed',
  event_status: 'scheduled',
  start_at: at(100),
  end_at: null,
  iana_timezone: null,
  provider: null,
  type: null,
  can_reschedule: null,
  updated_at: at(1),
  ...fields,
});

const cancelling = (second: number) =>
  event(second, 'collecting_sample.at_home_phlebotomy.appointment_cancelled');
const start = (appointments: readonly Appointment[], events = [event(0, 'received.walk_in_test.ordered')]) =>
  progressOf(record(1, { appointments, events })).appointment_start_at;

describe('the active appointment', () => {
  test('is the last one that was booked or moved, whatever arrived last', () => {
    const [early, moved] = [
      visit('a', { start_at: at(300) }),
      visit('b', { updated_at: at(2), start_at: at(200) }),
    ];
    for (const appointments of [
      [early, moved],
      [moved, early],
    ]) {
      expect(start(appointments)).toBe(at(200));
    }
  });

  test('is, of two with the same time, the later one; one without a time comes first', () => {
    expect(start([visit('b'), visit('a', { start_at: at(200) })])).toBe(at(200));
    expect(start([visit('b', { start_at: null }), visit('a')])).toBe(at(100));
    expect(start([visit('b', { updated_at: null, start_at: at(900) }), visit('a')])).toBe(at(100));
  });

  test.each([
    ['completed', 'scheduled'],
    ['confirmed', 'completed'],
    ['cancelled', 'scheduled'],
    ['confirmed', 'cancelled'],
  ])('is not one with status %s and event status %s', (status, event_status) => {
    expect(start([visit('a', { status, event_status })])).toBeNull();
  });

  test('is not one that its order has cancelled since', () => {
    const booked = visit('a', { updated_at: at(5) });
    expect(start([booked], [cancelling(6)])).toBeNull();
    // It was booked again later, or by the same event as the cancellation.
    for (const second of [4, 5]) expect(start([booked], [cancelling(second)])).toBe(at(100));
    const other = event(9, 'collecting_sample.at_home_phlebotomy.appointment_scheduled');
    expect(start([booked], [cancelling(4), other])).toBe(at(100));
    expect(start([visit('a', { updated_at: null })], [cancelling(1)])).toBeNull();
    expect(start([visit('a', { updated_at: null })])).toBe(at(100));
  });
});

describe('an appointment that is not confirmed', () => {
  const reserved = { status: 'reserved', event_status: 'reserved' };

  test.each([
    ['reserved', 'reserved'],
    ['pending', 'pending'],
    ['pending', 'reserved'],
    ['pending', null],
  ])('is no booking: %s, %s', (status, event_status) => {
    expect(progressOf(record(1, { appointments: [visit('a', { status, event_status })] }))).toMatchObject({
      booking_at: null,
      attempt_at: at(1),
      appointment_start_at: null,
      unconfirmed: true,
    });
  });

  test('is one that neither its status nor its event confirms', () => {
    for (const one of [{ status: 'pending' }, { event_status: 'reserved' }, { event_status: null }]) {
      expect(progressOf(record(1, { appointments: [visit('a', one)] }))).toMatchObject({
        booking_at: at(1),
        appointment_start_at: at(100),
        unconfirmed: false,
      });
    }
  });

  test('does not replace one that is confirmed, and a cancelled one is no booking', () => {
    const later = visit('b', { ...reserved, updated_at: at(9), start_at: at(900) });
    expect(progressOf(record(1, { appointments: [visit('a'), later] }))).toMatchObject({
      appointment_start_at: at(100),
      unconfirmed: false,
    });
    const cancelled = visit('a', { status: 'cancelled', event_status: 'cancelled' });
    expect(progressOf(record(1, { appointments: [cancelled] }))).toMatchObject({
      booking_at: null,
      attempt_at: at(1),
      unconfirmed: false,
    });
  });

  test('is shown by the newest status of its order only', () => {
    const pending = event(1, 'received.walk_in_test.appointment_pending');
    expect(progressOf(record(1, { events: [pending] }))).toMatchObject({
      booking_at: null,
      attempt_at: at(1),
      unconfirmed: false,
    });
    expect(progressOfStatus('appointment_pending', at(1))).toMatchObject({ unconfirmed: true });
  });
});

describe('the draw', () => {
  test.each([
    ['its end', { end_at: at(130) }, at(130)],
    ['its start', {}, at(100)],
    ['its newest event', { start_at: null }, at(1)],
  ])('is taken from a completed appointment: %s', (_, fields, drawn_at) => {
    for (const completed of [{ status: 'completed' }, { event_status: 'completed' }]) {
      expect(
        progressOf(record(1, { appointments: [visit('a', { ...fields, ...completed })] })),
      ).toMatchObject({ drawn: true, drawn_at });
    }
  });

  test('is not shown by an appointment that was only booked or cancelled', () => {
    for (const status of ['confirmed', 'cancelled']) {
      expect(progressOf(record(1, { appointments: [visit('a', { status })] }))).toMatchObject({
        drawn: false,
        drawn_at: null,
      });
    }
  });

  test('is not shown by an unknown status', () => {
    expect(progressOfStatus(null, at(1))).toMatchObject({
      drawn: false,
      requisition_at: null,
      booking_at: null,
    });
  });
});
