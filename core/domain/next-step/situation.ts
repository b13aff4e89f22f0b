import { type RedrawStage, STAGES_BEFORE_DRAW } from '../clocks/redraw-clocks.ts';
import type { TransactionOrder } from '../members/transaction-orders.ts';
import { appointmentKindOf } from '../order/appointment-kind.ts';
import type { CriticalState } from '../order/critical-result.ts';
import { shownBy } from '../order/status.ts';
import type { Redraw } from '../redraw/redraw.ts';
import type { UncheckedReason } from '../transaction/acknowledgement.ts';
import type { Transaction } from '../transaction/transaction.ts';

/** The situations that call for a next step, in order of priority: the first that applies is used. */
export const SITUATIONS = [
  'critical_result',
  'redraw_cancelled',
  'redraw_failed',
  'results_incomplete',
  'sample_failed',
  'redraw_not_needed',
  'unchecked_no_answer',
  'unchecked_no_key',
  'unchecked_no_key_for_team',
  'could_not_be_reached',
  'no_order',
  'no_order_overdue',
  'no_requisition',
  'no_requisition_overdue',
  'no_appointment',
  'no_appointment_overdue',
  'appointment_pending',
  'appointment_pending_overdue',
  'appointment_booked',
  'appointment_passed',
  'drawn',
  'result_overdue',
  'order_no_requisition',
  'order_no_appointment',
  'order_appointment_pending',
  'order_kit_not_returned',
  'order_appointment_passed',
  'order_result_overdue',
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** A transaction with the marks that decide what to do. */
export interface StepInput
  extends Pick<Transaction, 'decision' | 'redraw' | 'open_order' | 'orders' | 'missing_results'> {
  /** Since when the redraw or the open order is flagged as overdue; null if it is not. */
  readonly stale_since: string | null;
  readonly acknowledged: boolean;
  readonly unchecked_reason: UncheckedReason | null;
  readonly critical: CriticalState | null;
  /** The order with the open critical result; null if there is none. */
  readonly critical_order_id: string | null;
  /** Whether a message reached the patient; null if none was attempted. */
  readonly reached: boolean | null;
}

/** A situation, and the order that it is about; null while there is none. */
export interface Placed {
  readonly situation: Situation;
  readonly order_id: string | null;
}

/** The situation of a transaction; null if nothing needs doing and nothing is pending. */
export function situationOf(input: StepInput): Placed | null {
  const { critical, critical_order_id, decision, redraw, open_order } = input;
  if (critical === 'open') return { situation: 'critical_result', order_id: critical_order_id };
  if (decision && !input.acknowledged) return { situation: decision.cause, order_id: decision.order_id };
  if (redraw?.stage) return { situation: ofRedraw(input, redraw), order_id: redraw.order_id };
  return open_order && ofOpenOrder(input, open_order);
}

/** Whether the patient, as far as is known, still has to go to the lab. */
export function isBeforeDraw(redraw: Redraw | null): boolean {
  return redraw !== null && redraw.stage !== null && STAGES_BEFORE_DRAW.includes(redraw.stage);
}

function ofRedraw(input: StepInput, redraw: Redraw): Situation {
  const { stale_since, unchecked_reason, reached } = input;
  if (unchecked_reason !== null) return `unchecked_${unchecked_reason}`;
  if (reached === false && isBeforeDraw(redraw)) return 'could_not_be_reached';
  const isPending = redraw.stage === 'awaiting_appointment' && redraw.unconfirmed;
  const [inTime, overdue] = OF_STAGE[isPending ? 'pending' : (redraw.stage ?? 'awaiting_order')];
  return stale_since === null ? inTime : overdue;
}

/** The situations of a redraw's stage, in time and overdue. `pending`: its appointment is not confirmed. */
const OF_STAGE: Readonly<Record<RedrawStage | 'pending', readonly [Situation, Situation]>> = {
  awaiting_order: ['no_order', 'no_order_overdue'],
  awaiting_requisition: ['no_requisition', 'no_requisition_overdue'],
  awaiting_appointment: ['no_appointment', 'no_appointment_overdue'],
  pending: ['appointment_pending', 'appointment_pending_overdue'],
  awaiting_draw: ['appointment_booked', 'appointment_passed'],
  awaiting_result: ['drawn', 'result_overdue'],
};

/** An open order that is not a redraw needs no action until it is flagged. */
function ofOpenOrder(
  { stale_since, unchecked_reason, orders }: StepInput,
  { order_id, stage }: NonNullable<StepInput['open_order']>,
): Placed | null {
  if (stale_since === null) return null;
  if (unchecked_reason !== null) return { situation: `unchecked_${unchecked_reason}`, order_id };
  const order = orders.find(({ id }) => id === order_id);
  switch (stage) {
    case 'awaiting_requisition':
      return { situation: 'order_no_requisition', order_id };
    case 'awaiting_appointment':
      return { situation: beforeVisit(order), order_id };
    case 'awaiting_draw':
      return { situation: 'order_appointment_passed', order_id };
    case 'awaiting_result':
      return { situation: 'order_result_overdue', order_id };
  }
}

/** The situation of an order that is due before an appointment, or before a test kit comes back. */
function beforeVisit(order: TransactionOrder | undefined): Situation {
  if (shownBy(order?.low_level_status ?? null) === 'appointment_request') return 'order_appointment_pending';
  const isBooked = appointmentKindOf(order?.modality ?? null) !== null;
  return order?.modality === 'testkit' && !isBooked ? 'order_kit_not_returned' : 'order_no_appointment';
}
