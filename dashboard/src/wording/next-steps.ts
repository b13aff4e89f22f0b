import type { NextStep } from '../api/answers.ts';

type Situation = NextStep['situation'];
type Cause = NonNullable<NextStep['cause']>;

/** What to do in a situation: a sentence, and a short form for lists. */
interface Advice {
  readonly text: string;
  readonly short: string;
}

/** docs/redraw-worklist.md has the same texts. A deployment can replace each. */
const ADVICE: Readonly<Record<Situation, Advice>> = {
  critical_result: {
    text: 'A critical result is waiting. Open the results, tell the clinician now, and acknowledge it.',
    short: 'Critical result: act now',
  },
  redraw_cancelled: {
    text: 'Find out who cancelled the redraw and why, then record what happens next. If the results are still needed, place a new order.',
    short: 'Decide: redraw cancelled',
  },
  redraw_failed: {
    text: 'Ask the lab what happened to the redraw sample, then record what happens next: a new order or none.',
    short: 'Decide: redraw failed',
  },
  results_incomplete: {
    text: 'Ask the clinician whether the results are enough without the missing markers, then record the decision. If not, place a new order.',
    short: 'Decide: results incomplete',
  },
  unchecked_no_answer: {
    text: 'Junction didn’t answer, so this may have moved on. Check with Junction before you call the patient.',
    short: 'Check with Junction first',
  },
  unchecked_no_key: {
    text: 'We couldn’t check with Junction because no API key is set up. Ask the patient whether they have been drawn.',
    short: 'Ask the patient: not checked',
  },
  unchecked_no_key_for_team: {
    text: 'We couldn’t check with Junction because we have no API key of their team. Ask the patient whether they have been drawn.',
    short: 'Ask the patient: not checked',
  },
  could_not_be_reached: {
    text: 'Our message didn’t reach the patient. Call them, tell them why a new sample is needed, and help them book.',
    short: 'Call: message not delivered',
  },
  no_order: {
    text: 'Junction has announced a redraw and will open an order for it. Wait for the order.',
    short: 'Wait for Junction’s order',
  },
  no_order_overdue: {
    text: 'Junction hasn’t opened the redraw order yet. Check with Junction, and write to its support if there is still none.',
    short: 'Ask Junction for the order',
  },
  no_requisition: {
    text: 'The redraw order is placed. Wait for its requisition before you send the patient to the lab.',
    short: 'Wait for the requisition',
  },
  no_requisition_overdue: {
    text: 'The requisition is missing, and the lab can’t draw the patient without it. Check with Junction, then ask its support for the requisition.',
    short: 'Ask for the requisition',
  },
  no_appointment: {
    text: 'The requisition is ready. Send it to the patient, and book an appointment or let them walk in.',
    short: 'Send requisition, book',
  },
  no_appointment_overdue: {
    text: 'The patient hasn’t booked or been drawn. Call them, send the requisition again, and book with them.',
    short: 'Call, resend requisition',
  },
  appointment_pending: {
    text: 'An appointment is requested or reserved, but not confirmed. Wait for the confirmation before you tell the patient when to go.',
    short: 'Wait for the confirmation',
  },
  appointment_pending_overdue: {
    text: 'The appointment still isn’t confirmed. Check with Junction, then ask the patient whether to book another time.',
    short: 'Appointment not confirmed',
  },
  appointment_booked: {
    text: 'The patient has an appointment. Nothing to do until it has passed.',
    short: 'Wait for the appointment',
  },
  appointment_passed: {
    text: 'The appointment has passed without a sign of a draw. Check with Junction, then ask the patient whether they went, and reschedule the appointment if they did not.',
    short: 'Ask if the patient went',
  },
  drawn: {
    text: 'The sample was drawn. Wait for the results.',
    short: 'Wait for results',
  },
  result_overdue: {
    text: 'The sample was drawn, but the results are late. Check with Junction, then ask the lab when they will be ready.',
    short: 'Ask the lab for results',
  },
  sample_failed: {
    text: 'The sample failed and there is no redraw. Ask the lab why, and place a new order if the results are still needed.',
    short: 'Sample failed: new order?',
  },
  redraw_not_needed: {
    text: 'The redraw may no longer be needed: all results are here, or Junction has closed it. Decide with the clinician and record it. If it isn’t needed, cancel its order.',
    short: 'Decide: still needed?',
  },
  order_no_requisition: {
    text: 'The order has no requisition yet. Check with Junction, then ask its support what is holding it up.',
    short: 'Ask for the requisition',
  },
  order_no_appointment: {
    text: 'The patient hasn’t booked or been drawn. Call them, and book with them or cancel the order.',
    short: 'Call and book',
  },
  order_appointment_pending: {
    text: 'The appointment still isn’t confirmed. Check with Junction, then ask the patient whether to book another time.',
    short: 'Appointment not confirmed',
  },
  order_kit_not_returned: {
    text: 'The test kit isn’t back. Ask the patient whether they have it and have sent it off.',
    short: 'Ask about the test kit',
  },
  order_appointment_passed: {
    text: 'The appointment has passed without a sign of a draw. Check with Junction, then ask the patient whether they went.',
    short: 'Ask if the patient went',
  },
  order_result_overdue: {
    text: 'The results are late. Check with Junction, then ask the lab when they will be ready.',
    short: 'Ask the lab for results',
  },
};

/** Additional advice, by the reason for the redraw or the failed sample. */
const CAUSE_ADVICE: Readonly<Record<Cause, string>> = {
  order_entry_failure: 'The order was entered incorrectly: have it corrected before the patient goes again.',
  missing_demo_aoe_calc_failure:
    'Order information is missing: get the patient’s answers to the lab before the draw.',
  patient_condition_failure: 'Tell the patient how to prepare, for example whether to fast.',
  quantity_not_sufficient_failure:
    'The sample was too small: ask the patient to drink water before the draw.',
  insufficient_volume: 'The sample was too small: ask the patient to drink water before the draw.',
  collection_process_failure: 'The collection went wrong: suggest another location or time.',
  drop_off_failure: 'The sample was lost on its way to the lab, through no fault of the patient.',
  internal_lab_failure: 'The lab made a mistake, through no fault of the patient.',
  missing_result_calc_failure: 'A value is missing that other results are calculated from.',
  fulfillment_error: 'The order couldn’t be fulfilled.',
  date_of_collection_unspecified:
    'The collection date was missing: remind the patient to write it on the sample.',
  demographic_information_unspecified: 'Patient information was missing: complete it in the new order.',
  demographic_information_mismatch: 'Patient information didn’t match: correct it in the new order.',
  sample_quantity_not_sufficient:
    'The sample was too small: ask the patient to drink water before the next draw.',
  sample_contaminated: 'The sample was contaminated: explain the collection again.',
  sample_stability_exceeded:
    'The sample reached the lab too late: plan with the patient when to send the next one.',
  sample_hemolyzed:
    'The sample was hemolyzed (its blood cells burst): suggest another location or a trained phlebotomist.',
  sample_improper_collection: 'The sample was collected incorrectly: explain the collection again.',
};

/** The advice for a next step, from the deployment's own texts if it has them. */
export function adviceFor({ situation, cause }: NextStep, own: Readonly<Record<string, string>>): Advice {
  const { text, short } = ADVICE[situation];
  const because = cause === null ? null : (own[cause] ?? CAUSE_ADVICE[cause]);
  const sentence = own[situation] ?? text;
  return {
    text: because === null ? sentence : `${sentence} ${because}`,
    short: own[`${situation}.short`] ?? short,
  };
}
