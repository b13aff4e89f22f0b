import type { TransactionOrder } from '../members/transaction-orders.ts';
import { appointmentKindOf } from '../order/appointment-kind.ts';
import { cancellationRefusal } from '../order/cancellation.ts';
import { type Cause, causeOf } from './cause.ts';
import { type Placed, type Situation, type StepInput, situationOf } from './situation.ts';

/** The actions a person can take, and the scope each requires; null if anyone who sees the transaction may. */
export const ACTION_SCOPES = {
  acknowledge_critical_result: 'results/read',
  open_results: 'results/read',
  record_decision: 'redraws/write',
  ask_junction: 'transactions/reconcile',
  call_patient: 'redraws/write',
  send_message: 'messages/write',
  open_requisition: 'results/read',
  book_appointment: 'appointments/write',
  reschedule_appointment: 'appointments/write',
  cancel_order: 'orders/place',
  ask_lab: null,
} as const;
export type NextAction = keyof typeof ACTION_SCOPES;
export const NEXT_ACTIONS = Object.keys(ACTION_SCOPES) as NextAction[];

/** What to do next about a transaction. */
export interface NextStep extends Placed {
  /** Why there is a redraw, or why the sample failed, where that matters; null otherwise. */
  readonly cause: Cause | null;
  /** What can be done at this stage, the most useful first. */
  readonly actions: readonly NextAction[];
}

/** The next step; null if there is none and nothing is pending. */
export function nextStep(input: StepInput): NextStep | null {
  const placed = situationOf(input);
  if (!placed) return null;
  const order = input.orders.find(({ id }) => id === placed.order_id) ?? null;
  const actions = ACTIONS[placed.situation].filter((action) => isPossible(action, order, input));
  return { ...placed, cause: causeOf(placed, input), actions };
}

const FOR_VISIT = [
  'call_patient',
  'send_message',
  'book_appointment',
  'reschedule_appointment',
  'open_requisition',
] as const;

const ACTIONS: Readonly<Record<Situation, readonly NextAction[]>> = {
  critical_result: ['acknowledge_critical_result', 'open_results'],
  redraw_cancelled: ['record_decision', 'ask_junction', 'call_patient', 'open_results'],
  redraw_failed: ['record_decision', 'ask_lab', 'call_patient', 'open_results'],
  results_incomplete: ['record_decision', 'open_results', 'ask_lab'],
  sample_failed: ['record_decision', 'ask_lab', 'call_patient'],
  redraw_not_needed: ['record_decision', 'open_results', 'ask_junction', 'cancel_order'],
  unchecked_no_answer: ['ask_junction', 'call_patient'],
  unchecked_no_key: ['call_patient'],
  unchecked_no_key_for_team: ['call_patient'],
  could_not_be_reached: ['call_patient', 'book_appointment', 'reschedule_appointment', 'open_requisition'],
  no_order: ['ask_junction'],
  no_order_overdue: ['ask_junction', 'ask_lab'],
  no_requisition: ['ask_junction'],
  no_requisition_overdue: ['ask_junction', 'ask_lab', 'cancel_order'],
  no_appointment: ['send_message', 'book_appointment', 'open_requisition', 'call_patient'],
  no_appointment_overdue: [...FOR_VISIT, 'ask_junction', 'cancel_order'],
  appointment_pending: ['ask_junction', 'call_patient'],
  appointment_pending_overdue: ['ask_junction', 'call_patient', 'open_requisition', 'cancel_order'],
  appointment_booked: ['reschedule_appointment'],
  appointment_passed: ['ask_junction', ...FOR_VISIT, 'cancel_order'],
  drawn: ['ask_junction'],
  result_overdue: ['ask_junction', 'ask_lab'],
  order_no_requisition: ['ask_junction', 'ask_lab', 'cancel_order'],
  order_no_appointment: [
    'call_patient',
    'book_appointment',
    'open_requisition',
    'ask_junction',
    'cancel_order',
  ],
  order_appointment_pending: ['ask_junction', 'call_patient', 'open_requisition', 'cancel_order'],
  order_kit_not_returned: ['call_patient', 'ask_junction', 'cancel_order'],
  order_appointment_passed: ['ask_junction', 'call_patient', 'reschedule_appointment', 'cancel_order'],
  order_result_overdue: ['ask_junction', 'ask_lab'],
};

/** Whether the stage of the order, and what follows it, allow an action. */
function isPossible(action: NextAction, order: TransactionOrder | null, input: StepInput): boolean {
  const stage = (input.redraw?.stage ? input.redraw : input.open_order)?.stage ?? null;
  switch (action) {
    case 'book_appointment':
      return order !== null && stage === 'awaiting_appointment' && appointmentKindOf(order.modality) !== null;
    case 'reschedule_appointment':
      return order !== null && stage === 'awaiting_draw' && appointmentKindOf(order.modality) !== null;
    case 'open_requisition':
      return order !== null && (stage === 'awaiting_appointment' || stage === 'awaiting_draw');
    case 'cancel_order':
      return (
        order !== null && cancellationRefusal(order.modality, order.low_level_status, order.status) === null
      );
    case 'open_results':
      return input.orders.some(({ results_reported_at }) => results_reported_at !== null);
    // Messages to patients are about redraws.
    case 'send_message':
      return input.redraw !== null;
    default:
      return true;
  }
}
