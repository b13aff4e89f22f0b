import { describe, expect, it } from 'vitest';
import type { AvailableSlots, Order, Transaction } from '../../../../dashboard/src/api/answers.ts';
import { ApiProblem, Unreachable } from '../../../../dashboard/src/api/api-client.ts';
import { bookingKey, freeDays, timeText } from '../../../../dashboard/src/ordering/available-times.ts';
import { changeProblem, linkProblem } from '../../../../dashboard/src/ordering/change-problem.ts';
import { withAnswer } from '../../../../dashboard/src/ordering/order-change.ts';
import { changedMessage } from '../../../../dashboard/src/ordering/order-wording.ts';
import { possibleActions } from '../../../../dashboard/src/ordering/possible-actions.ts';
import { march, order, transaction } from '../sample-transaction.ts';

type Appointment = Order['appointments'][number];

const NOW = Date.parse(march('03-10'));
const booked = (given: Partial<Appointment> = {}): Appointment =>
  ({
    id: 'visit',
    status: 'confirmed',
    event_status: 'scheduled',
    start_at: march('03-12'),
    updated_at: march('03-09'),
    can_reschedule: true,
    ...given,
  }) as Appointment;
const walkIn = (low: string, given: Partial<Order> = {}): Order =>
  order('redraw', { modality: 'walk_in_test', low_level_status: low, ...given });
const possible = (of: Order, stage: string | null = null) =>
  possibleActions(of, transaction({ redraw: { order_id: 'redraw', stage } as never }), NOW);

describe('what can be done with an order', () => {
  it.each([
    ['ordered', 'awaiting_requisition'],
    ['requisition_created', null],
    ['appointment_cancelled', null],
    ['draw_completed', 'drawn'],
    ['partial_results', 'drawn'],
    ['redraw_available', 'over'],
    ['cancelled', 'over'],
    ['something_new', null],
  ])('an order in %s without an appointment is not bookable because of: %s', (low, why) => {
    expect(possible(walkIn(low)).notBookable).toBe(why);
  });

  it('is not booked after the draw of a walk-in order, which only the dates of its results show', () => {
    expect(possible(walkIn('requisition_created'), 'awaiting_result').notBookable).toBe('drawn');
  });

  it('is to cancel it, for a test kit, which has no appointment', () => {
    const { notBookable, notCancellable, any } = possible(walkIn('ordered', { modality: 'testkit' }));
    expect({ notBookable, notCancellable, any }).toEqual({
      notBookable: 'no_appointments',
      notCancellable: null,
      any: true,
    });
  });

  it('is to change the newest appointment that is not over', () => {
    const appointments = [
      booked({ id: 'first', event_status: 'cancelled' }),
      booked({ id: 'third', updated_at: march('03-09 12:00') }),
      booked({ id: 'second' }),
    ];
    expect(possible(walkIn('appointment_scheduled', { appointments })).appointment?.id).toBe('third');
  });

  it.each([
    ['walk_in_test', march('03-12'), true],
    ['walk_in_test', march('03-09'), false],
    ['at_home_phlebotomy', march('03-12'), false],
  ])('is to cancel the appointment of a cancelled order in %s at %s: %s', (modality, start_at, stays) => {
    const of = walkIn('cancelled', { modality, appointments: [booked({ start_at })] });
    expect(possible(of).any).toBe(stays);
    expect(possible(of).notCancellable).toBe('The order is already cancelled.');
  });
});

describe('free times', () => {
  const slot = (start: string, booking_key: string | null) => ({ start, booking_key }) as never;
  const center = (code: string, distance: number) => ({ code, name: code, distance, iana_timezone: null });
  const slots = (suffix: string) =>
    [
      {
        date: '2026-03-12',
        location: center('far', 9),
        slots: [slot('2026-03-12T15:00:00', `far${suffix}`)],
      },
      {
        date: '2026-03-12',
        location: center('near', 1),
        slots: [slot('2026-03-12T14:20:00Z', `b${suffix}`), slot('2026-03-12T14:00:00Z', `a${suffix}`)],
      },
      { date: '2026-03-13', location: null, slots: [slot('2026-03-13T14:00:00Z', null)] },
      { date: '2026-03-11', location: null, slots: [slot('2026-03-11T14:00:00Z', `home${suffix}`)] },
    ] as unknown as AvailableSlots['slots'];
  const days = (suffix: string) => freeDays({ slots: slots(suffix), timezone: 'America/New_York' });

  it('are by day, place and time, without what cannot be booked', () => {
    const shown = days('').map(({ date, places }) => [
      date,
      places.map(({ name, zone, times }) => [name, ...times.map(({ start }) => timeText(start, zone, true))]),
    ]);
    expect(shown).toEqual([
      ['2026-03-11', [[null, '10:00 AM EDT']]],
      [
        '2026-03-12',
        [
          ['near', '10:00 AM EDT', '10:20 AM EDT'],
          ['far', '11:00 AM EDT'],
        ],
      ],
    ]);
  });

  it('stay chosen when Junction is asked again and gives other keys', () => {
    const chosen = days('1')[1]?.places[0]?.times[1]?.id ?? null;
    expect([bookingKey(days('1'), chosen), bookingKey(days('2'), chosen)]).toEqual(['b1', 'b2']);
    expect(bookingKey(days('2').slice(0, 1), chosen)).toBeNull();
  });
});

describe('a change that failed', () => {
  const fields = [{ field: 'appointment_notes', detail: 'Too long.' }];

  it.each([
    [new ApiProblem(400, 'Wrong.', null, fields), 'The appointment was not booked', /^Wrong\.$/],
    [new ApiProblem(409, 'It is gone'), 'The appointment was not booked', /^It is gone\. The times above/],
    [new ApiProblem(409, 'In progress.', 60), 'The appointment was not booked', /Try again in 60 seconds/],
    [new ApiProblem(503, 'Junction limits the rate.', 5), 'The appointment was not booked', /5 seconds/],
    [new ApiProblem(503, 'Service Unavailable'), 'Couldn’t confirm the booking', /never booked twice/],
    [new ApiProblem(504, 'It may be done.'), 'Couldn’t confirm the booking', /^It may be done\. If it was/],
    [new ApiProblem(500, 'Error.'), 'Couldn’t confirm the booking', /appears on this page/],
    [new Unreachable('Offline'), 'Couldn’t confirm the booking', /connection failed/],
  ])('%s', (error, header, text) => {
    const problem = changeProblem(error, 'book');
    expect(problem).toMatchObject({ header, text: expect.stringMatching(text) });
    expect(problem.fields).toEqual(error instanceof ApiProblem ? error.errors : []);
  });

  it('always says whether a failed link was created', () => {
    expect(linkProblem(new ApiProblem(409, 'No user.'))).toMatchObject({
      header: 'The link was not created',
      text: 'No user.',
    });
  });
});

describe('a change that was made', () => {
  const calls: string[] = [];
  const follow = {
    book: () => calls.push('book'),
    reschedule: () => calls.push('reschedule'),
    cancelAppointment: () => calls.push('cancel'),
  };
  const done = transaction();

  /** The notification, and what its action does. */
  function told(change: { readonly kind: string }, before: Order, answer: Partial<Order>, now = NOW) {
    const [appointment = null] = answer.appointments ?? [];
    const listed = { id: before.id, status: null, low_level_status: before.low_level_status, ...answer };
    const changed = { appointment, transaction: { ...done, orders: [listed] } as unknown as Transaction };
    const next = possibleActions(withAnswer(before, changed), changed.transaction, now);
    const { header, action } = changedMessage(change as never, changed, follow, { next, now });
    calls.length = 0;
    action?.run();
    return [header, ...calls];
  }
  const open = walkIn('requisition_created', { appointments: [booked()] });

  it('can be undone as far as Junction can', () => {
    const cancelled = { appointments: [booked({ status: 'cancelled' })] };
    expect(told({ kind: 'book' }, open, { appointments: [booked()] })).toEqual([
      'Appointment booked',
      'cancel',
    ]);
    expect(told({ kind: 'request' }, open, { appointments: [booked({ start_at: null })] })).toEqual([
      'Appointment requested',
      'cancel',
    ]);
    expect(told({ kind: 'reschedule' }, open, { appointments: [booked()] })).toEqual([
      'Appointment rescheduled',
      'reschedule',
    ]);
    expect(told({ kind: 'cancel_appointment' }, open, cancelled)).toEqual(['Appointment cancelled', 'book']);
    expect(told({ kind: 'cancel_appointment' }, walkIn('cancelled'), cancelled)).toEqual([
      'Appointment cancelled',
    ]);
  });

  it("is reported in the patient's time zone, in which it was chosen", () => {
    const appointment = booked({ end_at: null, iana_timezone: 'Pacific/Kiritimati' });
    const next = possible(open);
    const { text } = changedMessage({ kind: 'book' } as never, { appointment, transaction: done }, follow, {
      next,
      now: NOW,
    });
    expect(text).toMatch(/^Local time: .+ GMT\+14$/);
  });

  it('offers the appointment at a service center that outlives its order', () => {
    const over = { low_level_status: 'cancelled' };
    expect(told({ kind: 'cancel_order' }, open, over)).toEqual(['Order cancelled', 'cancel']);
    expect(told({ kind: 'cancel_order' }, walkIn('requisition_created'), over)).toEqual(['Order cancelled']);
  });
});
