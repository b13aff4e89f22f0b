/** How an order is booked, as Junction's paths name it: at a patient service center, or at home. */
export type AppointmentKind = 'psc' | 'phlebotomy';

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
