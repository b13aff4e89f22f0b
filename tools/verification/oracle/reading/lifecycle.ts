/** Junction's lifecycle: the parts of a status, its stage and its class. */

export type OrderClass = 'P' | 'C' | 'R' | 'X' | 'F';

export interface Status {
  high: string | null;
  low: string | null;
  at: string | null;
}

const STAGES = `
  ordered
  awaiting_registration
  registered
  requisition_created requisition_bypassed
  transit_customer
  out_for_delivery
  with_customer problem_in_transit_customer
  appointment_pending
  appointment_scheduled
  appointment_cancelled
  draw_completed
  transit_lab problem_in_transit_lab
  delivered_to_lab
  lab_processing_blocked
  partial_results
  redraw_available
  failure_to_deliver_to_customer failure_to_deliver_to_lab lost sample_error
  completed
  corrected
  do_not_process
  cancelled`
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '));

/** The stage in the lifecycle; -1 for a missing or unknown status. */
export function stage(low: string | null): number {
  return STAGES.findIndex((sameStage) => low !== null && sameStage.includes(low));
}

/** Splits `<high>.<modality>.<low>`. A single part is high and low at once. */
export function splitStatus(text: string): { high: string; modality: string | null; low: string } {
  const parts = text.split('.');
  const high = parts.at(0) ?? text;
  const last = parts.at(-1) ?? text;
  return {
    high,
    modality: parts.length === 3 ? (parts[1] ?? null) : null,
    low: last === 'testkit_registered' ? 'registered' : last,
  };
}

const FAILED = ['sample_error', 'lost', 'failure_to_deliver_to_customer', 'failure_to_deliver_to_lab'];

export function classOf(status: { high: string | null; low: string | null }): OrderClass {
  const { high, low } = status;
  if (low === 'completed' || low === 'corrected') return 'C';
  if (low === 'redraw_available') return 'R';
  if (low === 'cancelled' || low === 'do_not_process') return 'X';
  if (low !== null && (FAILED.includes(low) || low.startsWith('failure_to_deliver_'))) return 'F';
  if (stage(low) >= 0) return 'P';
  if (high === 'completed') return 'C';
  if (high === 'cancelled') return 'X';
  return high === 'failed' ? 'F' : 'P';
}
