import type { Notification } from '../alerts/notifications.tsx';
import type { Appointment } from '../api/answers.ts';
import { awaitsDecision } from '../redraw/open-redraw.ts';
import { clockTime, timeInZone } from '../time/clock-time.ts';
import type { CancellationReason, Changed, OrderChange } from './order-change.ts';
import type { PossibleActions } from './possible-actions.ts';

/** Why an order is cancelled, in words. */
export const CANCELLATION_REASONS: readonly {
  readonly value: CancellationReason;
  readonly label: string;
}[] = [
  { value: 'patient_declined', label: 'The patient declined' },
  { value: 'patient_unreachable', label: 'The patient can’t be reached' },
  { value: 'not_needed', label: 'No longer needed' },
  { value: 'collected_elsewhere', label: 'The sample was taken elsewhere' },
  { value: 'ordered_by_mistake', label: 'Ordered by mistake' },
  { value: 'other', label: 'Another reason' },
];

const NOT_BOOKABLE: Readonly<Record<NonNullable<PossibleActions['notBookable']>, string>> = {
  awaiting_requisition: 'It can be booked once the requisition is ready.',
  drawn: 'The sample was taken.',
  over: 'The order has ended.',
  no_appointments: 'Orders with this collection method have no appointment.',
};

/** Why there is nothing to book; null if there is. */
export function notBookableText({ notBookable }: PossibleActions): string | null {
  return notBookable && NOT_BOOKABLE[notBookable];
}

/** What can be done about a change that was made. */
export interface FollowUps {
  readonly book: () => void;
  readonly reschedule: () => void;
  readonly cancelAppointment: () => void;
}

/**
 * The notification about a change that was made, with the undo action if Junction has one. `next`: what can
 * be done afterwards; `now` is in ms since 1970.
 */
export function changedMessage(
  { kind }: OrderChange,
  { appointment, transaction }: Changed,
  follow: FollowUps,
  { next, now }: { readonly next: PossibleActions; readonly now: number },
): Notification {
  const when = appointment?.start_at ? { text: timeThere(appointment, appointment.start_at, now) } : {};
  switch (kind) {
    case 'book':
    case 'request':
      return {
        type: 'success',
        ...(appointment?.start_at
          ? { header: 'Appointment booked', ...when }
          : { header: 'Appointment requested', text: 'The time appears on the timeline once it is set.' }),
        action: { text: 'Cancel appointment', run: follow.cancelAppointment },
      };
    case 'reschedule':
      return {
        type: 'success',
        header: 'Appointment rescheduled',
        ...when,
        action: { text: 'Reschedule again', run: follow.reschedule },
      };
    case 'cancel_appointment':
      return {
        type: 'success',
        header: 'Appointment cancelled',
        ...(next.appointment === null &&
          next.notBookable === null && { action: { text: 'Book again', run: follow.book } }),
      };
    case 'cancel_order':
      return {
        type: 'success',
        header: 'Order cancelled',
        ...(awaitsDecision(transaction) && { text: 'Record what was decided about the missing results.' }),
        ...(next.appointment && {
          text: 'Its appointment at the patient service center stays.',
          action: { text: 'Cancel appointment', run: follow.cancelAppointment },
        }),
      };
  }
}

/** The time in the patient's time zone, as chosen, because the user may be reading it to the patient. */
function timeThere({ end_at, iana_timezone: zone }: Appointment, start_at: string, now: number): string {
  const start = Date.parse(start_at);
  const there = zone && timeInZone(start, end_at === null ? null : Date.parse(end_at), zone);
  return there ? `Local time: ${there}` : clockTime(start, now);
}
