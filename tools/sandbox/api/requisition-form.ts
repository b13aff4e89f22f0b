import type { ClientFacingOrder } from '@junction-api/sdk/serialization';
import { onePage } from './one-page-pdf.ts';

/**
 * The form that the patient takes to the lab.
 * @param again the markers to retest in a redraw; null for other orders, which list all markers of the lab test
 */
export function requisitionForm(
  { patient_details, lab_test, sample_id, physician }: ClientFacingOrder.Raw,
  again: readonly { name: string; provider_id?: string | null }[] | null,
): Buffer {
  const { first_name, last_name, dob } = patient_details ?? {};
  return onePage([
    `${lab_test.lab?.name} - ${again ? 'redraw requisition' : 'requisition'} ${sample_id}`,
    `Patient: ${first_name} ${last_name}, born ${dob}`,
    `Ordered by: Dr. ${physician?.first_name} ${physician?.last_name}, NPI ${physician?.npi}`,
    '',
    ...(again ?? lab_test.markers ?? []).map(({ name, provider_id }) => `${provider_id} ${name}`),
  ]);
}
