import type { Milliseconds } from '../duration.ts';
import { type Instant, later, latest } from '../instant.ts';
import type { OrderProgress } from '../order/order-progress.ts';
import { endOfDay } from '../time-zone.ts';
import type { ClocksOf } from './clock-table.ts';

/** How long each stage of an order may take before it is due. */
export type OrderClocks = ClocksOf<'order'>;

/** The time zone in which Junction's dates end. */
export interface LabTime {
  /** The IANA name of the zone. */
  readonly labTimeZone: string;
}

/** The stages of an order that is in progress. */
export const ORDER_STAGES = [
  'awaiting_requisition',
  'awaiting_appointment',
  'awaiting_draw',
  'awaiting_result',
] as const;
export type OrderStage = (typeof ORDER_STAGES)[number];

/** The times of an order from which its clocks run. */
export interface OrderTimes extends OrderProgress {
  readonly created_at: Instant | null;
  /** The latest known time of its status. */
  readonly status_at: Instant | null;
}

/** A stage, and when it is due. */
export interface Due<Stage extends string = OrderStage> {
  readonly stage: Stage;
  /** When the stage started; null if none of its facts has a time. */
  readonly since: Instant | null;
  /** When the stage is due; null as above, or if the clock is off. */
  readonly due_at: Instant | null;
}

/**
 * The stage of an order in progress and when it is due in it (docs/redraw-worklist.md). It is never due before a
 * day that Junction gave has ended in the lab's time zone. `otherwise` counts for an order without any time.
 */
export function dueOfOrder(order: OrderTimes, otherwise: Instant | null, clocks: OrderClocks & LabTime): Due {
  const activated = endOf(order.activate_by, clocks);
  const ordered = latest([order.created_at, activated]) ?? order.status_at ?? otherwise;
  if (order.drawn) return dueResult(order, ordered, clocks);
  if (order.appointment_start_at) {
    return due('awaiting_draw', latest([order.appointment_start_at, activated]), clocks.afterAppointment);
  }
  if (order.requisition_at !== null || order.booking_at !== null) {
    const since = latest([order.requisition_at, order.booking_at, order.attempt_at, activated]);
    return due('awaiting_appointment', since, clocks.noAppointment);
  }
  return due('awaiting_requisition', ordered, clocks.noRequisition);
}

function dueResult(order: OrderTimes, ordered: Instant | null, clocks: OrderClocks & LabTime): Due {
  const promised = endOf(order.worst_case_result_by_date, clocks);
  const clock = promised ? clocks.afterResultDate : clocks.noResultDate;
  const awaited = due('awaiting_result', promised ?? order.drawn_at ?? order.status_at ?? ordered, clock);
  const expected = endOf(order.expected_result_by_date, clocks);
  // A lab that is late can expect the result after the date that it promised.
  return clock !== null && expected !== null && expected > (awaited.due_at ?? '')
    ? due('awaiting_result', expected, 0)
    : awaited;
}

/** The due time of a stage that started at `since`. */
export function due<Stage extends string>(
  stage: Stage,
  since: Instant | null,
  clock: Milliseconds | null,
): Due<Stage> {
  return { stage, since, due_at: since !== null && clock !== null ? later(since, clock) : null };
}

/** A date, or midnight in UTC, which some programs write for a date. */
const DATE = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00\.000000Z)?$/;

/** The end of a date in the lab's time zone; an instant is returned as it is. */
function endOf(date: string | null, { labTimeZone }: LabTime): Instant | null {
  if (date === null) return null;
  const [, day] = DATE.exec(date) ?? [];
  return day === undefined ? date : endOfDay(day, labTimeZone);
}
