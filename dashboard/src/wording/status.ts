import type { Modality } from '../../../core/domain/order/appointment-kind.ts';
import { ownText } from '../../../core/domain/order/status.ts';
import type { Outcome, Redraw, TransactionStatus } from '../api/answers.ts';

/** The text of a status, and its tone. */
export interface StatusText {
  readonly text: string;
  readonly tone: 'success' | 'info' | 'pending' | 'in-progress' | 'warning' | 'error' | 'stopped';
}

export const OUTCOMES: Readonly<Record<Outcome, StatusText>> = {
  in_progress: { text: 'In progress', tone: 'in-progress' },
  redraw_expected: { text: 'Redraw expected', tone: 'warning' },
  redraw_in_progress: { text: 'Redraw in progress', tone: 'warning' },
  results_complete: { text: 'Results complete', tone: 'success' },
  results_incomplete: { text: 'Results incomplete', tone: 'warning' },
  failed: { text: 'Failed', tone: 'error' },
  cancelled: { text: 'Cancelled', tone: 'stopped' },
};

export const STATUSES: Readonly<Record<TransactionStatus, string>> = {
  active: 'Active',
  completed: 'Completed',
  cancelled: 'Cancelled',
};

const REDRAW_STATES: Readonly<Record<Redraw['state'], StatusText>> = {
  expected: { text: 'Redraw expected', tone: 'pending' },
  in_progress: { text: 'Redraw in progress', tone: 'in-progress' },
  stale: { text: 'Overdue', tone: 'error' },
  completed: { text: 'Redraw completed', tone: 'success' },
  cancelled: { text: 'Redraw cancelled', tone: 'stopped' },
  failed: { text: 'Redraw failed', tone: 'error' },
};

/** The state of a redraw. One that completed while results are still missing is no good news. */
export function redrawState({ state, single_order, missing_results }: Redraw): StatusText {
  // Done on the initial order itself, as Junction did before it made redraw orders.
  const text = single_order ? 'Single-order redraw completed' : REDRAW_STATES[state].text;
  const { tone } = REDRAW_STATES[single_order ? 'completed' : state];
  return { text, tone: tone === 'success' && missing_results.length > 0 ? 'pending' : tone };
}

/** The steps of an open redraw, in order. */
export const STAGES = [
  { id: 'awaiting_order', text: 'Redraw order' },
  { id: 'awaiting_requisition', text: 'Requisition' },
  { id: 'awaiting_appointment', text: 'Appointment or draw' },
  { id: 'awaiting_draw', text: 'Draw' },
  { id: 'awaiting_result', text: 'Results' },
] as const;

export function stageText(stage: string | null): string {
  return STAGES.find(({ id }) => id === stage)?.text ?? humanize(stage);
}

/** `walk_in_test` → "Walk in test", for names from Junction without a text of ours. */
export function humanize(name: string | null): string {
  if (!name) return '–';
  const text = name.replaceAll(/[_.]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const MODALITIES: Readonly<Record<string, string>> = {
  walk_in_test: 'Walk-in',
  at_home_phlebotomy: 'At home',
  on_site_collection: 'On site',
  testkit: 'Test kit',
} satisfies Record<Modality, string>;

/** Those that redraws are offered for first. */
export const MODALITY_NAMES: readonly string[] = Object.keys(MODALITIES);

export function modalityText(modality: string | null): string {
  return (modality !== null && MODALITIES[modality]) || humanize(modality);
}

const LABS: Readonly<Record<string, string>> = {
  quest: 'Quest',
  labcorp: 'Labcorp',
  bioreference: 'BioReference',
  sonora_quest: 'Sonora Quest',
};

/** A lab by its slug. */
export function labText(slug: string): string {
  return LABS[slug] ?? humanize(slug);
}

/** Why an order has its status, mostly why a sample failed. Junction's names are longer. */
const STATUS_DETAILS: Readonly<Record<string, string>> = {
  fulfillment_error: 'Fulfillment error',
  date_of_collection_unspecified: 'Collection date missing',
  demographic_information_unspecified: 'Patient information missing',
  demographic_information_mismatch: 'Patient information doesn’t match',
  sample_quantity_not_sufficient: 'Quantity not sufficient',
  sample_contaminated: 'Sample contaminated',
  sample_stability_exceeded: 'Sample too old',
  sample_hemolyzed: 'Sample hemolyzed',
  sample_improper_collection: 'Sample collected improperly',
};

export function statusDetailText(detail: string): string {
  return STATUS_DETAILS[detail] ?? humanize(detail);
}

const APPOINTMENT_TYPES: Readonly<Record<string, string>> = {
  phlebotomy: 'At home',
  patient_service_center: 'Patient service center',
};

export function appointmentTypeText(type: string): string {
  return APPOINTMENT_TYPES[type] ?? humanize(type);
}

/** Why a marker has no result. Junction's names are longer. */
const FAILURES: Readonly<Record<string, string>> = {
  quantity_not_sufficient_failure: 'Quantity not sufficient',
  collection_process_failure: 'Collection failure',
  drop_off_failure: 'Drop-off failure',
  internal_lab_failure: 'Lab failure',
  order_entry_failure: 'Order entry error',
  non_failure: 'No failure reported',
  unknown_failure: 'Unknown failure',
  patient_condition_failure: 'Patient condition',
  missing_result_calc_failure: 'Can’t be calculated: missing result',
  missing_demo_aoe_calc_failure: 'Can’t be calculated: missing order information',
  insufficient_volume: 'Insufficient volume',
};

export function failureText(failure: string | null): string {
  return (failure !== null && FAILURES[failure]) || humanize(failure);
}

/** A Junction status in readable form, low-level or high-level. */
export function statusText(status: string | null): string {
  return status === null ? 'No status' : (ownText(status) ?? humanize(status));
}
