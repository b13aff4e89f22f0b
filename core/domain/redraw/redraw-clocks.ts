import type { Milliseconds } from '../duration.ts';
import { type Instant, later, latest } from '../instant.ts';

/** How long each stage of an open redraw may take before somebody has to look. */
export interface RedrawClocks {
  /** From redraw_available until the redraw order arrives. */
  readonly noOrder: Milliseconds;
  /** From the redraw order (or its activate_by) until its requisition. */
  readonly noRequisition: Milliseconds;
  /** From the requisition until an appointment or a sign of the draw. */
  readonly noAppointment: Milliseconds;
  /** From the start of the appointment until a sign of the draw. */
  readonly afterAppointment: Milliseconds;
  /** From worst_case_result_by_date until the result. */
  readonly afterResultDate: Milliseconds;
  /** From the sign of the draw until the result, where no such date is known. */
  readonly noResultDate: Milliseconds;
}

/** How far an open redraw has come. */
export type RedrawStage =
  | 'awaiting_order'
  | 'awaiting_requisition'
  | 'awaiting_appointment'
  | 'awaiting_draw'
  | 'awaiting_result';

/** What is known of an open redraw's progress. */
export interface RedrawProgress {
  readonly available_at: Instant | null;
  /** Null while no redraw order has arrived. */
  readonly order: RedrawOrderProgress | null;
}

export interface RedrawOrderProgress {
  readonly created_at: Instant | null;
  /** The newest time known of its status. */
  readonly status_at: Instant | null;
  /** The order is to be processed only from then on: a date or an instant. */
  readonly activate_by: string | null;
  /** When its requisition was made; null while it has none. */
  readonly requisition_at: Instant | null;
  /** When something last happened to its booking: an appointment pending, scheduled or cancelled. */
  readonly booking_at: Instant | null;
  /** The start of the appointment that stands; null while none does, or none that has a start. */
  readonly appointment_start_at: Instant | null;
  /** Whether there is a sign that the patient went. */
  readonly drawn: boolean;
  /** When that sign was given, as far as it has a time. */
  readonly drawn_at: Instant | null;
  /** A date or an instant. */
  readonly worst_case_result_by_date: string | null;
}

export interface Due {
  readonly stage: RedrawStage;
  /** What the stage's clock runs from; null where no fact about the redraw has a time. */
  readonly since: Instant | null;
  /** When the redraw is due to have moved on; null as above. */
  readonly due_at: Instant | null;
}

/** Which stage an open redraw is in and when it is due to have left it (design.md, Redraw worklist). */
export function dueOf({ available_at, order }: RedrawProgress, clocks: RedrawClocks): Due {
  const due = (stage: RedrawStage, since: Instant | null, clock: Milliseconds): Due => ({
    stage,
    since,
    due_at: since && later(since, clock),
  });
  if (!order) return due('awaiting_order', available_at, clocks.noOrder);
  const ordered = latest([order.created_at, startOf(order.activate_by)]) ?? order.status_at ?? available_at;
  if (order.drawn) {
    const promised = startOf(order.worst_case_result_by_date);
    if (promised) return due('awaiting_result', promised, clocks.afterResultDate);
    return due('awaiting_result', order.drawn_at ?? order.status_at ?? ordered, clocks.noResultDate);
  }
  if (order.appointment_start_at) {
    const since = latest([order.appointment_start_at, startOf(order.activate_by)]);
    return due('awaiting_draw', since, clocks.afterAppointment);
  }
  const requested = latest([order.requisition_at, order.booking_at]);
  if (requested) {
    const since = latest([requested, startOf(order.activate_by)]);
    return due('awaiting_appointment', since, clocks.noAppointment);
  }
  return due('awaiting_requisition', ordered, clocks.noRequisition);
}

/** The first moment of a date, in UTC; an instant is its own. */
function startOf(date: string | null): Instant | null {
  if (date === null) return null;
  return date.length === 10 ? `${date}T00:00:00.000000Z` : date;
}
