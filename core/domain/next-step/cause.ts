import { isBeforeDraw, type Placed, type StepInput } from './situation.ts';

/** Why markers are missing, most actionable first: https://docs.junction.com/lab/results/missing-results */
const FAILURE_TYPES = [
  'order_entry_failure',
  'missing_demo_aoe_calc_failure',
  'patient_condition_failure',
  'quantity_not_sufficient_failure',
  'insufficient_volume',
  'collection_process_failure',
  'drop_off_failure',
  'internal_lab_failure',
  'missing_result_calc_failure',
] as const;

/** Why a sample failed, by the detail of its status. */
const STATUS_DETAILS = [
  'fulfillment_error',
  'date_of_collection_unspecified',
  'demographic_information_unspecified',
  'demographic_information_mismatch',
  'sample_quantity_not_sufficient',
  'sample_contaminated',
  'sample_stability_exceeded',
  'sample_hemolyzed',
  'sample_improper_collection',
] as const;

export const CAUSES = [...FAILURE_TYPES, ...STATUS_DETAILS] as const;
/** Why there is a redraw, or why a sample failed, where the reason changes what to do. */
export type Cause = (typeof CAUSES)[number];

/**
 * The cause that matters in a situation: before the draw, why the markers are missing; of a failed sample, why it failed. Null
 * if it is unknown, or does not matter.
 */
export function causeOf({ situation, order_id }: Placed, input: StepInput): Cause | null {
  if (situation === 'sample_failed' || situation === 'redraw_failed') {
    const detail = input.orders.find(({ id }) => id === order_id)?.status_detail ?? null;
    return STATUS_DETAILS.find((one) => one === detail) ?? null;
  }
  if (situation === 'critical_result' || !isBeforeDraw(input.redraw)) return null;
  const types = new Set(input.missing_results.map(({ failure_type }) => failure_type));
  return FAILURE_TYPES.find((one) => types.has(one)) ?? null;
}
