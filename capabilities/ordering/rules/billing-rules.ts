import type { Fault } from '../../../core/domain/request-refused.ts';
import type { OrderDraft } from './order-request.ts';

/**
 * The rules about insurance: https://docs.junction.com/lab/overview/insurance. Whether the patient has a primary insurance on
 * file, only Junction knows.
 */
export function billingFaults({ billingType, diagnosisCodes }: OrderDraft): Fault[] {
  if (billingType !== 'commercial_insurance' || diagnosisCodes.length > 0) return [];
  return [{ field: 'icd_codes', detail: 'An order that is billed to insurance needs ICD-10 codes.' }];
}
