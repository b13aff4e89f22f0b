import { createHash } from 'node:crypto';
import type { AppointmentKind } from '../../../core/domain/order/appointment-kind.ts';
import {
  type Appointment,
  type AppointmentFacts,
  type OrderRecord,
  userId,
} from '../../../core/domain/order/order-record.ts';
import type { AskedAppointment, Booking, Cancellation } from '../junction/asked.ts';
import { JunctionOutcomeUnknown, JunctionRefused } from '../junction/refused.ts';
import { cancelledAppointment } from '../rules/booked-appointment.ts';
import type { BookingHold } from '../rules/booking-hold.ts';
import {
  askCurrentOrder,
  askedOf,
  bookingKindOf,
  type CurrentOrder,
  currentAppointment,
} from './ask-current-order.ts';
import { endHold, holdBooking } from './hold-booking.ts';
import { joinAppointment } from './join-answer.ts';
import { homeServiceOf } from './look-up-circumstances.ts';
import type { OrderingContext } from './ordering-context.ts';
import { invalid, OrderingRefused, refusedByJunction } from './refusals.ts';

/** The result of a change of an appointment. */
export interface ChangedAppointment {
  /** The order after the change. */
  readonly record: OrderRecord;
  readonly appointmentId: string;
}

/**
 * Books a slot for an order, or requests a visit from a provider without slots. Of two bookings of a patient with one provider,
 * one reaches Junction.
 *
 * @throws OrderingRefused, OrderNotFound
 * @throws JunctionOutcomeUnknown if Junction may have booked; the next booking finds out
 */
export async function bookAppointment(
  context: OrderingContext,
  orderId: string,
  booking: Booking,
): Promise<ChangedAppointment> {
  const order = await askCurrentOrder(context, orderId);
  const kind = bookingKindOf(order.record);
  if ('provider' in booking && kind === 'psc') {
    throw invalid([
      { field: 'provider', detail: 'You can request only at-home visits. Book a slot instead.' },
    ]);
  }
  if ('provider' in booking && !order.place) {
    throw new OrderingRefused('conflict', 'Junction did not provide the address of the patient.');
  }
  const user_id = userId(order.record);
  if (user_id === null)
    throw new OrderingRefused('conflict', 'Junction did not say which patient this order belongs to.');
  const providers = await providersOf(context, kind, order, booking);
  const hold = await holdBooking(context, order.record, { user_id, kind }, providers);
  let facts: AppointmentFacts;
  try {
    facts = await book(context, order, kind, booking, idempotencyKeyOf(hold));
  } catch (error) {
    if (!(error instanceof JunctionOutcomeUnknown)) await endHold(context, hold, 'released');
    if (error instanceof JunctionRefused) throw refusedByJunction(error, 'booking', 'conflict');
    throw error;
  }
  const record = await joinAppointment(context.projection, facts);
  await endHold(context, hold, 'held');
  return { record, appointmentId: facts.appointment.id };
}

/** Books. If the answer is lost, asks whether it was done. */
async function book(
  context: OrderingContext,
  order: CurrentOrder,
  kind: AppointmentKind,
  booking: Booking,
  idempotencyKey: string,
): Promise<AppointmentFacts> {
  const { junction } = context;
  const { record, place } = order;
  const asked = { ...askedOf(context, record), kind };
  try {
    return await junction.book(asked, booking, place, idempotencyKey);
  } catch (error) {
    if (!(error instanceof JunctionOutcomeUnknown)) throw error;
    const facts = await junction.appointment(kind, record.id).catch(() => null);
    if (!facts || isOver(facts) || record.appointments.some(({ id }) => id === facts.appointment.id))
      throw error;
    return facts;
  }
}

const isOver = ({ appointment: { status, event_status } }: AppointmentFacts) =>
  [status, event_status].some((one) => one === 'cancelled' || one === 'completed');

/**
 * The providers that a booking can be with. A slot at home is of one that books there. Junction books centers of Quest only, in
 * Arizona under the name of Sonora Quest. Null if it is not known, or if there is one only.
 */
async function providersOf(
  context: OrderingContext,
  kind: AppointmentKind,
  { place }: CurrentOrder,
  booking: Booking,
): Promise<readonly string[] | null> {
  if ('provider' in booking) return [booking.provider];
  if (kind === 'psc' || !place) return null;
  return (await homeServiceOf(context, place.zip))?.booking ?? null;
}

/** One for each attempt to book: a slot that was cancelled can be booked again. */
function idempotencyKeyOf({ order_id, since, revision }: BookingHold): string {
  return createHash('sha256')
    .update(JSON.stringify([order_id, since, revision]))
    .digest('hex')
    .slice(0, 40);
}

/** Moves the appointment of an order to another slot. */
export async function rescheduleAppointment(
  context: OrderingContext,
  orderId: string,
  booking: Booking,
): Promise<ChangedAppointment> {
  return change(context, orderId, 'rescheduling', (asked) => context.junction.reschedule(asked, booking));
}

/**
 * Cancels the appointment of an order, with one of Junction's reasons. If it is cancelled already, that is what was wanted:
 * https://docs.junction.com/lab/walk-in/psc-appointment-errors
 */
export async function cancelAppointment(
  context: OrderingContext,
  orderId: string,
  cancellation: Cancellation,
): Promise<ChangedAppointment> {
  return change(
    context,
    orderId,
    'cancellation',
    (asked) => context.junction.cancelAppointment(asked, cancellation),
    cancelledAppointment,
  );
}

/** @param found the appointment of an order that shows that Junction did it, although it did not say so; null if none does */
async function change(
  context: OrderingContext,
  orderId: string,
  what: string,
  ask: (asked: AskedAppointment) => Promise<AppointmentFacts>,
  found: (record: OrderRecord) => Appointment | null = () => null,
): Promise<ChangedAppointment> {
  const order = await askCurrentOrder(context, orderId);
  const kind = bookingKindOf(order.record);
  try {
    const facts = await ask({ ...askedOf(context, order.record), kind });
    return { record: await joinAppointment(context.projection, facts), appointmentId: facts.appointment.id };
  } catch (error) {
    if (!(error instanceof JunctionRefused || error instanceof JunctionOutcomeUnknown)) throw error;
    // The order then shows what Junction did.
    const record = (await currentAppointment(context, order.record).catch(() => null)) ?? order.record;
    const appointment = found(record);
    if (appointment) return { record, appointmentId: appointment.id };
    throw error instanceof JunctionRefused ? refusedByJunction(error, what, 'conflict') : error;
  }
}
