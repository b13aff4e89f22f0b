import type { Milliseconds } from '../duration.ts';
import { type Instant, later, latest } from '../instant.ts';
import { endOfDay } from '../time-zone.ts';

/** How long each stage of an open redraw may take before it is overdue, and the time zone in which days end. */
export interface RedrawClocks {
  /** From redraw_available until the redraw order arrives. */
  readonly noOrder: Milliseconds;
  /** From the redraw order (or the end of its activate_by) until its requisition. */
  readonly noRequisition: Milliseconds;
  /** From the requisition until an appointment or a sign of the draw. */
  readonly noAppointment: Milliseconds;
  /** From the start of the appointment until a sign of the draw. */
  readonly afterAppointment: Milliseconds;
  /** From the end of worst_case_result_by_date until the result. */
  readonly afterResultDate: Milliseconds;
  /** From the sign of the draw until the result, if no such date is known. */
  readonly noResultDate: Milliseconds;
  /** The IANA name of the zone in which the dates that Junction gives end. */
  readonly labTimeZone: string;
}

/** The stages of an open redraw. */
export const REDRAW_STAGES = [
  'awaiting_order',
  'awaiting_requisition',
  'awaiting_appointment',
  'awaiting_draw',
  'awaiting_result',
] as const;
export type RedrawStage = (typeof REDRAW_STAGES)[number];

/** What is known of an open redraw's progress. */
export interface RedrawProgress {
  readonly available_at: Instant | null;
  /** When it was first reported here. Counts if none of its facts has a time. */
  readonly heard_at: Instant | null;
  /** Null while no redraw order has arrived. */
  readonly order: RedrawOrderProgress | null;
}

export interface RedrawOrderProgress {
  readonly created_at: Instant | null;
  /** The newest time known of its status. */
  readonly status_at: Instant | null;
  /** The order is processed on that day at the latest: a date or an instant. */
  readonly activate_by: string | null;
  /** When its requisition was made; null while it has none. */
  readonly requisition_at: Instant | null;
  /** When its booking last changed: an appointment became pending, scheduled or cancelled. */
  readonly booking_at: Instant | null;
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

export interface Due {
  readonly stage: RedrawStage;
  /** The start of the stage's clock; null if no fact about the redraw has a time. */
  readonly since: Instant | null;
  /** When the redraw becomes overdue in this stage; null as above. */
  readonly due_at: Instant | null;
}

/**
 * The stage of an open redraw and when it becomes overdue in it (docs/redraw-worklist.md). It is never overdue before a day that
 * Junction gave has ended in the lab's time zone.
 */
export function dueOf({ available_at, heard_at, order }: RedrawProgress, clocks: RedrawClocks): Due {
  const available = available_at ?? heard_at;
  if (!order) return due('awaiting_order', available, clocks.noOrder);
  const activated = endOf(order.activate_by, clocks);
  const ordered = latest([order.created_at, activated]) ?? order.status_at ?? available;
  if (order.drawn) return dueResult(order, ordered, clocks);
  if (order.appointment_start_at) {
    return due('awaiting_draw', latest([order.appointment_start_at, activated]), clocks.afterAppointment);
  }
  const requested = latest([order.requisition_at, order.booking_at]);
  if (requested) return due('awaiting_appointment', latest([requested, activated]), clocks.noAppointment);
  return due('awaiting_requisition', ordered, clocks.noRequisition);
}

function dueResult(order: RedrawOrderProgress, ordered: Instant | null, clocks: RedrawClocks): Due {
  const promised = endOf(order.worst_case_result_by_date, clocks);
  const drawn = order.drawn_at ?? order.status_at ?? ordered;
  const awaited = promised
    ? due('awaiting_result', promised, clocks.afterResultDate)
    : due('awaiting_result', drawn, clocks.noResultDate);
  const expected = endOf(order.expected_result_by_date, clocks);
  // A lab that is late can expect the result after the date that it promised.
  return expected !== null && expected > (awaited.due_at ?? '')
    ? due('awaiting_result', expected, 0)
    : awaited;
}

function due(stage: RedrawStage, since: Instant | null, clock: Milliseconds): Due {
  return { stage, since, due_at: since && later(since, clock) };
}

/** A date, or midnight in UTC, which some programs write for a date. */
const DATE = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00\.000000Z)?$/;

/** The end of a date in the lab's time zone; an instant is returned as it is. */
function endOf(date: string | null, { labTimeZone }: RedrawClocks): Instant | null {
  if (date === null) return null;
  const [, day] = DATE.exec(date) ?? [];
  return day === undefined ? date : endOfDay(day, labTimeZone);
}
