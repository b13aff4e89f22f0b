/** How the sample of an order is collected, as Junction's requests name it. Its answers can name others. */
export const MODALITIES = ['testkit', 'walk_in_test', 'at_home_phlebotomy', 'on_site_collection'] as const;
export type Modality = (typeof MODALITIES)[number];

/** How an order is booked, as Junction's paths name it: at home, or at a patient service center. */
export const APPOINTMENT_KINDS = ['phlebotomy', 'psc'] as const;
export type AppointmentKind = (typeof APPOINTMENT_KINDS)[number];

/** The labs whose patient service centers can be booked through Junction: `AppointmentPscLabs` of its SDK. */
const BOOKED_LABS: ReadonlySet<string> = new Set(['quest', 'sonora_quest']);

/** Whether Junction books orders of this lab; also if the lab is not known. An appointment at home does not depend on the lab. */
export function isBooked(kind: AppointmentKind, lab: string | null): boolean {
  return kind === 'phlebotomy' || lab === null || BOOKED_LABS.has(lab);
}

/** How an order of this modality is booked; null if it is not. */
export function appointmentKindOf(modality: string | null): AppointmentKind | null {
  switch (modality) {
    case 'at_home_phlebotomy':
      return 'phlebotomy';
    case 'testkit':
    case 'on_site_collection':
      return null;
    default:
      return 'psc';
  }
}
