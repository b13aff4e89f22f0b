import { CHANNELS, type Channel } from '../../../core/domain/transaction/told.ts';

/** What each word of the setting switches on. */
const WORDS = {
  off: [],
  sms: ['sms'],
  email: ['email'],
  both: ['sms', 'email'],
} as const satisfies Record<'off' | 'both' | Channel, readonly Channel[]>;
export const CHANNEL_WORDS = Object.keys(WORDS) as (keyof typeof WORDS)[];
/** What a deployment can choose. */
export type ChannelChoice = keyof typeof WORDS | readonly Channel[];

/** The channels that are on; none if messages are off. */
export function chosenChannels(choice: ChannelChoice): readonly Channel[] {
  return typeof choice === 'string' ? WORDS[choice] : CHANNELS.filter((channel) => choice.includes(channel));
}

/** A value for every channel. */
export function ofEachChannel<Value>(value: (channel: Channel) => Value): Record<Channel, Value> {
  const values = CHANNELS.map((channel) => [channel, value(channel)]);
  return Object.fromEntries(values) as Record<Channel, Value>;
}
