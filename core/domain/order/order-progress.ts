import { earliest, type Instant, latest } from '../instant.ts';
import { greatest } from '../sort-keys.ts';
import type { Appointment, OrderRecord } from './order-record.ts';
import { shownBy, showsDraw, statusParts } from './status.ts';

/** The progress of an order to its result that its clocks need. */
export interface OrderProgress {
  /** The order is processed on that day at the latest: a date or an instant. */
  readonly activate_by: string | null;
  /** When its requisition was made; null while it has none. */
  readonly requisition_at: Instant | null;
  /** When its booking, or the delivery of its test kit, last changed. Either follows the requisition. */
  readonly booking_at: Instant | null;
  /** When an appointment was last requested, reserved or cancelled. None of this shows that there is a requisition. */
  readonly attempt_at: Instant | null;
  /** Whether its appointment is only requested or reserved. */
  readonly unconfirmed: boolean;
  /** The start of the active appointment; null if there is none, or if it has no start. */
  readonly appointment_start_at: Instant | null;
  /** Whether there is a sign of the draw. */
  readonly drawn: boolean;
  /** The time of that sign; null if it has none. */
  readonly drawn_at: Instant | null;
  /** When the lab expects the result: a date or an instant. */
  readonly expected_result_by_date: string | null;
  /** The latest time by which the lab promises the result: a date or an instant. */
  readonly worst_case_result_by_date: string | null;
}

/** The progress of an order that nothing is known about. */
export const NO_PROGRESS: OrderProgress = {
  activate_by: null,
  requisition_at: null,
  booking_at: null,
  attempt_at: null,
  unconfirmed: false,
  appointment_start_at: null,
  drawn: false,
  drawn_at: null,
  expected_result_by_date: null,
  worst_case_result_by_date: null,
};

/** The progress that one low-level status shows. */
export function progressOfStatus(low: string | null, at: Instant | null): OrderProgress {
  const shown = shownBy(low);
  const drawn = showsDraw(low);
  return {
    ...NO_PROGRESS,
    requisition_at: shown === 'requisition' ? at : null,
    booking_at: shown === 'kit' || shown === 'appointment' ? at : null,
    attempt_at: shown === 'appointment_request' || shown === 'appointment_cancellation' ? at : null,
    unconfirmed: shown === 'appointment_request',
    drawn,
    drawn_at: drawn ? at : null,
  };
}

/** Joins two progress values: keeps the newest requisition and booking, and the first evidence of the draw. */
export function joinProgress(a: OrderProgress, b: OrderProgress): OrderProgress {
  return {
    activate_by: a.activate_by ?? b.activate_by,
    requisition_at: latest([a.requisition_at, b.requisition_at]),
    booking_at: latest([a.booking_at, b.booking_at]),
    attempt_at: latest([a.attempt_at, b.attempt_at]),
    unconfirmed: a.unconfirmed || b.unconfirmed,
    appointment_start_at: latest([a.appointment_start_at, b.appointment_start_at]),
    drawn: a.drawn || b.drawn,
    drawn_at: earliest([a.drawn_at, b.drawn_at]),
    expected_result_by_date: a.expected_result_by_date ?? b.expected_result_by_date,
    worst_case_result_by_date: a.worst_case_result_by_date ?? b.worst_case_result_by_date,
  };
}

/** The part of an order's progress that is known. A transaction holds only that, because a write costs the item's size. */
export function knownProgress(progress: OrderProgress): Partial<OrderProgress> {
  return Object.fromEntries(
    Object.entries(progress).filter(([, value]) => value !== null && value !== false),
  );
}

/** The progress that an order's own record shows. */
export function progressOf(record: OrderRecord): OrderProgress {
  const { snapshot } = record;
  const dated = snapshot?.expected_result_by_date ?? snapshot?.worst_case_result_by_date ?? null;
  const fromSnapshot: OrderProgress = {
    ...NO_PROGRESS,
    unconfirmed: isUnconfirmed(activeAppointment(record)),
    activate_by: snapshot?.activate_by ?? null,
    expected_result_by_date: snapshot?.expected_result_by_date ?? null,
    worst_case_result_by_date: snapshot?.worst_case_result_by_date ?? null,
    drawn: dated !== null,
  };
  return [
    ...progressOfEvents(record),
    ...progressOfAppointments(record),
    ...progressOfCriticalResults(record),
    fromSnapshot,
  ].reduce(joinProgress, NO_PROGRESS);
}

function progressOfEvents({ events }: OrderRecord): OrderProgress[] {
  return events.map((event) => ({
    ...progressOfStatus(statusParts(event.status).low, event.created_at),
    // A later event can have confirmed or cancelled it. What the newest status shows is added with the status.
    unconfirmed: false,
  }));
}

/** A critical result implies a draw. */
function progressOfCriticalResults({ criticalResults }: OrderRecord): OrderProgress[] {
  return criticalResults.map(({ updated_at }) => ({ ...NO_PROGRESS, drawn: true, drawn_at: updated_at }));
}

function progressOfAppointments(record: OrderRecord): OrderProgress[] {
  const active = activeAppointment(record);
  return record.appointments.map((appointment) => {
    const { updated_at, start_at, end_at } = appointment;
    const completed = isCompleted(appointment);
    const isAttempt = isUnconfirmed(appointment) || isIn(appointment, 'cancelled');
    return {
      ...NO_PROGRESS,
      booking_at: isAttempt ? null : updated_at,
      attempt_at: isAttempt ? updated_at : null,
      appointment_start_at: appointment === active && !isAttempt ? start_at : null,
      drawn: completed,
      drawn_at: completed ? (end_at ?? start_at ?? updated_at) : null,
    };
  });
}

/** The active appointment: the last one that was booked or moved. One that is not confirmed counts only without another. */
export function activeAppointment(record: {
  readonly events: readonly Pick<OrderRecord['events'][number], 'status' | 'created_at'>[];
  readonly appointments: readonly Appointment[];
}): Appointment | undefined {
  const cancelledAt = latest(
    record.events.map((event) =>
      shownBy(statusParts(event.status).low) === 'appointment_cancellation' ? event.created_at : null,
    ),
  );
  const possible = record.appointments.filter((appointment) => {
    // If the order's own events show a later cancellation, only the appointment's webhook is missing.
    const cancelledSince = (cancelledAt ?? '') > (appointment.updated_at ?? '');
    return !cancelledSince && !isCompleted(appointment) && !isIn(appointment, 'cancelled');
  });
  return greatest(possible, (appointment) => {
    const { updated_at, start_at, id } = appointment;
    return [isUnconfirmed(appointment) ? 0 : 1, updated_at ?? '', start_at ?? '', id];
  });
}

const UNCONFIRMED: ReadonlySet<string | null> = new Set(['pending', 'reserved']);

/**
 * Whether an appointment is only requested or reserved. Junction cancels a reserved one by itself. Some examples of appointments at
 * home are pending and scheduled at once: either of the two facts can confirm it.
 */
export function isUnconfirmed(
  appointment: Pick<Appointment, 'status' | 'event_status'> | undefined,
): boolean {
  const stated = [appointment?.status, appointment?.event_status].filter((one) => typeof one === 'string');
  return stated.length > 0 && stated.every((one) => UNCONFIRMED.has(one));
}

export function isCompleted(appointment: Appointment): boolean {
  return isIn(appointment, 'completed');
}

function isIn({ status, event_status }: Appointment, state: string): boolean {
  return status === state || event_status === state;
}
