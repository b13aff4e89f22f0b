import { type AppointmentKind, appointmentKindOf } from '../../../core/domain/order/appointment-kind.ts';
import { cancellationRefusal } from '../../../core/domain/order/cancellation.ts';
import { lifecycleStage, orderClass, showsDraw } from '../../../core/domain/order/status.ts';
import type { Appointment, Order, Transaction } from '../api/answers.ts';
import { isOver } from '../wording/appointments.ts';

/** The actions possible for an order at Junction now, regardless of permissions. */
export interface PossibleActions {
  /** How it is booked; null if orders of its modality are not. */
  readonly kind: AppointmentKind | null;
  /** The appointment for which the patient is expected. */
  readonly appointment: Appointment | null;
  /** Why there is nothing to book; null if it can be booked, or has an appointment. */
  readonly notBookable: 'awaiting_requisition' | 'drawn' | 'over' | 'no_appointments' | null;
  /** Why Junction does not cancel the order: a sentence. Null if it does. */
  readonly notCancellable: string | null;
  /** The order is in progress, or still has an appointment. */
  readonly any: boolean;
}

/** An order as the page knows it. */
type Known = Pick<Order, 'id' | 'modality' | 'low_level_status' | 'status' | 'appointments'>;
type Stages = Pick<Transaction, 'redraw' | 'open_order'>;

/** `now` is in ms since 1970. */
export function possibleActions(order: Known, transaction: Stages, now: number): PossibleActions {
  const { modality, low_level_status: low, status } = order;
  const kind = appointmentKindOf(modality);
  const open = orderClass(low, status) === 'P';
  const appointment = kind === null ? null : expectedAppointment(order, { open, kind, now });
  return {
    kind,
    appointment,
    notBookable: appointment === null ? whyNotBookable(order, transaction, { open, kind }) : null,
    notCancellable: cancellationRefusal(modality, low, status),
    any: open || appointment !== null,
  };
}

function whyNotBookable(
  { id, low_level_status: low }: Known,
  { redraw, open_order }: Stages,
  { open, kind }: { readonly open: boolean; readonly kind: AppointmentKind | null },
): PossibleActions['notBookable'] {
  if (kind === null) return 'no_appointments';
  if (!open) return 'over';
  const followed = [redraw, open_order].find((one) => one?.order_id === id);
  // Walk-in orders have no event for the draw. Our stage follows from the dates of the results.
  if (followed?.stage === 'awaiting_result' || showsDraw(low)) return 'drawn';
  const unknown = low !== null && stageOf(low) < 0;
  return unknown || stageOf(low) >= stageOf('requisition_created') ? null : 'awaiting_requisition';
}

const stageOf = lifecycleStage;

/**
 * The last appointment that is neither over nor, after the end of its order, past. Only one at a patient service center
 * outlives the cancellation of its order.
 */
function expectedAppointment(
  { appointments, low_level_status: low, status }: Known,
  { open, kind, now }: { readonly open: boolean; readonly kind: AppointmentKind; readonly now: number },
): Appointment | null {
  const outlives = orderClass(low, status) === 'X' && kind === 'psc';
  if (!open && !outlives) return null;
  const [newest] = appointments
    .filter((one) => !isOver(one) && (open || isAhead(one, now)))
    .sort((a, b) => compare(b.updated_at, a.updated_at) || compare(b.start_at, a.start_at));
  return newest ?? null;
}

const compare = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? -1 : Number(a !== b));

const isAhead = ({ start_at }: Appointment, now: number) => start_at !== null && Date.parse(start_at) > now;
