import type { Outcome, Redraw, TransactionStatus } from '../api/answers.ts';

/** A state as people read it, and how loud it is. */
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

export const REDRAW_STATES: Readonly<Record<Redraw['state'], StatusText>> = {
  expected: { text: 'Redraw expected', tone: 'pending' },
  in_progress: { text: 'Redraw in progress', tone: 'in-progress' },
  stale: { text: 'Stale', tone: 'error' },
  completed: { text: 'Redraw completed', tone: 'success' },
  cancelled: { text: 'Redraw cancelled', tone: 'stopped' },
  failed: { text: 'Redraw failed', tone: 'error' },
};

/** What an open redraw waits for, in the order it goes through them. */
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

/** `walk_in_test` → "Walk in test": for whatever Junction names that we have no words of our own for. */
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
};

export function modalityText(modality: string | null): string {
  return (modality !== null && MODALITIES[modality]) || humanize(modality);
}

/** Why a marker has no result, shorter than Junction names it. */
const FAILURES: Readonly<Record<string, string>> = {
  quantity_not_sufficient_failure: 'Quantity not sufficient',
  collection_process_failure: 'Collection went wrong',
  drop_off_failure: 'Drop-off went wrong',
  internal_lab_failure: 'Fault in the lab',
  order_entry_failure: 'Order entered wrongly',
  non_failure: 'Not a failure',
  unknown_failure: 'Unknown',
  patient_condition_failure: 'Condition of the patient',
  missing_result_calc_failure: 'Not calculable: a result is missing',
  missing_demo_aoe_calc_failure: 'Not calculable: an answer is missing',
  insufficient_volume: 'Insufficient volume',
};

export function failureText(failure: string | null): string {
  return (failure !== null && FAILURES[failure]) || humanize(failure);
}

/** What Junction says never happens, and what to ask oneself then (docs/runbook.md, An anomaly was recorded). */
interface AnomalyText {
  readonly text: string;
  readonly ask: string;
}

const ORDERED_TWICE = 'Was the test ordered twice?';
const UNKNOWN_REDRAW = 'Does Junction know of this redraw? Its support can tell.';
const RESULT_CHANGED = 'Was a result taken back, or found after all? Whoever has used it should know.';
const SOMETHING_NEW = 'Junction has something new: perhaps a newer version of this tracker knows it.';

const ANOMALIES: Readonly<Record<string, AnomalyText>> = {
  second_initial: { text: 'A second initial order; the newer one counts', ask: ORDERED_TWICE },
  second_redraw: { text: 'A second redraw order; the newer one counts', ask: ORDERED_TWICE },
  unknown_origin: { text: 'An order of unknown origin', ask: SOMETHING_NEW },
  unknown_status: { text: 'A status that is not documented', ask: SOMETHING_NEW },
  redraw_of_redraw: {
    text: 'A redraw order that itself went to redraw available',
    ask: UNKNOWN_REDRAW,
  },
  redraw_without_redraw_available: {
    text: 'A redraw order, though the initial one is not redraw available',
    ask: UNKNOWN_REDRAW,
  },
  reinstated_after_cancelled: {
    text: 'Went on after it was cancelled',
    ask: 'Was it meant to come back? Junction’s support can do that.',
  },
  reopened_after_completed: { text: 'Went on after it was completed', ask: RESULT_CHANGED },
  recovered_after_failure: { text: 'Went on after it had failed', ask: RESULT_CHANGED },
  moved_after_redraw_available: {
    text: 'Went on after a redraw was made available',
    ask: 'The old sample went on although a redraw is under way: is the redraw still needed?',
  },
  future_event: {
    text: 'An event dated in the future; it is not counted yet',
    ask: 'Is the clock of Junction or of a lab wrong?',
  },
  transaction_conflict: {
    text: 'Claimed by two transactions',
    ask: 'Which one is right? Junction’s support can tell.',
  },
};

export function anomalyText(code: string): string {
  return ANOMALIES[code]?.text ?? humanize(code);
}

/** What to ask oneself; null of one that is not known here. */
export function anomalyQuestion(code: string): string | null {
  return ANOMALIES[code]?.ask ?? null;
}
