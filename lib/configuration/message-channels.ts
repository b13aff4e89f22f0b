import { type Channel, chosenChannels } from '../../core/domain/message/channels.ts';
import type { Configuration } from './configuration-keys.ts';

/** The channels used for messages to patients; none by default. */
export function channelsOf({ patientMessages }: Pick<Configuration, 'patientMessages'>): readonly Channel[] {
  return chosenChannels(patientMessages);
}
