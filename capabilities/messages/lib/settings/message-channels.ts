import type { Channel } from '../../../../core/domain/transaction/told.ts';
import type { Configuration } from '../../../../lib/configuration/configuration-keys.ts';
import { chosenChannels } from '../../rules/channels.ts';

/** The channels used for messages to patients; none by default. */
export function channelsOf({ patientMessages }: Pick<Configuration, 'patientMessages'>): readonly Channel[] {
  return chosenChannels(patientMessages);
}
