import type { Configuration } from './configuration-keys.ts';

export type MessageChannel = 'sms' | 'email';

/** The channels by which messages go to patients; none by default. */
export function channelsOf({
  patientMessages,
}: Pick<Configuration, 'patientMessages'>): readonly MessageChannel[] {
  if (patientMessages === 'off') return [];
  return patientMessages === 'both' ? ['sms', 'email'] : [patientMessages];
}
