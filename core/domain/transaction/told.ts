import type { Instant } from '../instant.ts';

/** The ways to write to a patient. */
export const CHANNELS = ['sms', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What can have become of a message to a patient. */
export const TOLD_STATES = [
  'sent',
  'delivered',
  'suppressed',
  'failed',
  'bounced',
  'opted_out',
  'unknown',
] as const;
export type ToldState = (typeof TOLD_STATES)[number];

/**
 * The latest message to the patient that was sent or could not be sent. What sends messages notes it on the transaction, which
 * shows and counts it.
 */
export interface Told {
  readonly channel: Channel;
  /** Its name; whoever sends messages knows what it says. */
  readonly template: string;
  readonly state: ToldState;
  readonly at: Instant;
}

export const REACHES = ['not_told', 'told', 'could_not_be_reached'] as const;
/** Whether the patient was told about the redraw. */
export type Reach = (typeof REACHES)[number];

export function reachOf(told: Told | null | undefined): Reach {
  if (!told) return 'not_told';
  return told.state === 'sent' || told.state === 'delivered' ? 'told' : 'could_not_be_reached';
}
