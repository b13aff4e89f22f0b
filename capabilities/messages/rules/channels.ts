import { CHANNELS, type Channel } from '../../../core/domain/transaction/told.ts';

/** What a deployment can choose: nothing, one channel, or both. */
export const CHANNEL_CHOICES = ['off', ...CHANNELS, 'both'] as const;
export type ChannelChoice = (typeof CHANNEL_CHOICES)[number];

/** The channels that are on; none if messages are off. */
export function chosenChannels(choice: ChannelChoice): readonly Channel[] {
  if (choice === 'off') return [];
  return choice === 'both' ? CHANNELS : [choice];
}
