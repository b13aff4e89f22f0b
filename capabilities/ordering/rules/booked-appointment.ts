import { type Instant, later } from '../../../core/domain/instant.ts';
import { activeAppointment, progressOf } from '../../../core/domain/order/order-progress.ts';
import { type Appointment, type OrderRecord, statusOf } from '../../../core/domain/order/order-record.ts';
import { orderClass } from '../../../core/domain/order/status.ts';
import { greatest } from '../../../core/domain/sort-keys.ts';

/** An appointment without an end time counts as over one day after its start (ms). */
const LENGTH_UNKNOWN = 86_400_000;

/**
 * The appointment that the patient is still expected at; null if there is none. It is over when
 * it was completed or cancelled, has passed, or the order was drawn or ended. Only an appointment at a patient
 * service center outlives the cancellation of its order: https://docs.junction.com/lab/workflow/cancelling-an-order
 */
export function bookedAppointment(record: OrderRecord, now: Instant): Appointment | null {
  const appointment = activeAppointment(record);
  if (!appointment || isPast(appointment, now) || progressOf(record).drawn) return null;
  const { low_level_status, status } = statusOf(record);
  switch (orderClass(low_level_status, status)) {
    case 'P':
      return appointment;
    case 'X':
      return record.snapshot?.modality === 'at_home_phlebotomy' ? null : appointment;
    default:
      return null;
  }
}

/** The last cancelled appointment of an order without an active one; null if there is none. */
export function cancelledAppointment(record: OrderRecord): Appointment | null {
  if (activeAppointment(record)) return null;
  const cancelled = record.appointments.filter(
    ({ status, event_status }) => status === 'cancelled' || event_status === 'cancelled',
  );
  return (
    greatest(cancelled, ({ updated_at, start_at, id }) => [updated_at ?? '', start_at ?? '', id]) ?? null
  );
}

function isPast({ start_at, end_at }: Appointment, now: Instant): boolean {
  const end = end_at ?? (start_at && later(start_at, LENGTH_UNKNOWN));
  return end !== null && end < now;
}
