import { later } from '../../../core/domain/instant.ts';
import type { Fault } from '../../../core/domain/request-refused.ts';
import type { Circumstances } from './circumstances.ts';
import { isMinorOn } from './days.ts';
import type { OrderDraft } from './order-request.ts';

/**
 * The rules about the patient's age. A phlebotomist draws nobody under 18. Other orders for minors need a medical proxy, which
 * Junction may already know: https://docs.junction.com/lab/workflow/order-requirements
 * https://docs.junction.com/lab/at-home-phlebotomy/overview
 */
export function patientFaults(
  { dob, activateBy }: OrderDraft,
  modality: string | null,
  { today }: Circumstances,
): Fault[] {
  const faults: Fault[] = [];
  // In some time zones it is already tomorrow; no later birth date is possible.
  const tomorrow = later(`${today}T00:00:00.000000Z`, 86_400_000).slice(0, 10);
  if (dob !== null && dob > tomorrow) {
    faults.push({ field: 'patient_details.dob', detail: 'It must not be in the future.' });
  } else if (dob !== null) {
    // The day of the draw is not known yet. It is not before the day on which the order is processed.
    const drawn = activateBy !== null && activateBy > today ? activateBy : today;
    if (modality === 'at_home_phlebotomy' && isMinorOn(drawn, dob)) {
      faults.push({
        field: 'patient_details.dob',
        detail: 'The patient is under 18. At-home draws require a patient who is at least 18.',
      });
    }
  }
  if (activateBy !== null && activateBy < today) {
    faults.push({ field: 'activate_by', detail: 'It must not be in the past.' });
  }
  return faults;
}
