import { type Situation, situationOf } from '../../../core/domain/next-step/situation.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';

/** `wait`: the lab cannot draw yet. `visit`: book, or walk in. `attend`: a visit is booked. */
type PatientTask = 'wait' | 'visit' | 'attend';

/**
 * What the patient can do in each situation that staff are shown, so that both are told the same. Null where the patient has
 * nothing to do, or a person has to decide first.
 */
const TASKS: Readonly<Record<Situation, PatientTask | null>> = {
  critical_result: null,
  redraw_cancelled: null,
  redraw_failed: null,
  results_incomplete: null,
  unchecked_no_answer: null,
  unchecked_no_key: null,
  unchecked_no_key_for_team: null,
  could_not_be_reached: null,
  no_order: 'wait',
  no_order_overdue: 'wait',
  no_requisition: 'wait',
  no_requisition_overdue: 'wait',
  no_appointment: 'visit',
  no_appointment_overdue: 'visit',
  // The patient has asked for an appointment, and can do nothing until it is confirmed.
  appointment_pending: null,
  appointment_pending_overdue: null,
  appointment_booked: 'attend',
  appointment_passed: 'attend',
  drawn: null,
  result_overdue: null,
  sample_failed: null,
  redraw_not_needed: null,
  order_no_requisition: null,
  order_no_appointment: null,
  order_appointment_pending: null,
  order_kit_not_returned: null,
  order_appointment_passed: null,
  order_result_overdue: null,
};

/** What is of concern to staff only: how far a redraw is does not depend on it. */
const FOR_STAFF = {
  stale_since: null,
  unchecked_reason: null,
  critical: null,
  critical_order_id: null,
  reached: null,
} as const;

/** What the patient can do about the redraw of a transaction; null for nothing. */
export function patientTask(
  transaction: Pick<
    StoredTransaction,
    'decision' | 'redraw' | 'open_order' | 'orders' | 'missing_results' | 'marks'
  >,
): PatientTask | null {
  const acknowledged = transaction.marks.acknowledgement !== null;
  const placed = situationOf({ ...transaction, ...FOR_STAFF, acknowledged });
  return placed && TASKS[placed.situation];
}
