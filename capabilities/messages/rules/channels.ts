/** The channels of patient messages. */
export const CHANNELS = ['sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The channels a deployment can send messages through. */
export const CHANNEL_CHOICES = ['off', ...CHANNELS, 'both'] as const;
export type ChannelChoice = (typeof CHANNEL_CHOICES)[number];

/** The channels that are on; none if messages are off. */
export function chosenChannels(choice: ChannelChoice): readonly Channel[] {
  if (choice === 'off') return [];
  return choice === 'both' ? CHANNELS : [choice];
}
