import type { PatientMessage, Told } from '../api/answers.ts';

export type Channel = PatientMessage['channel'];

export const CHANNELS: Readonly<Record<Channel, string>> = { sms: 'SMS', email: 'Email' };

/** A channel within a sentence: "by email". */
export const CHANNELS_IN_TEXT: Readonly<Record<Channel, string>> = { sms: 'SMS', email: 'email' };

const STATES: Readonly<Record<PatientMessage['state'], string>> = {
  planned: 'planned',
  sending: 'being sent',
  sent: 'sent',
  delivered: 'delivered',
  suppressed: 'not sent',
  failed: 'failed',
  bounced: 'bounced',
  opted_out: 'refused: the patient opted out',
  unknown: 'may not have been sent',
};

/** "SMS delivered". */
export function messageStateText({ channel, state }: Pick<PatientMessage, 'channel' | 'state'>): string {
  return `${CHANNELS[channel]} ${STATES[state]}`;
}

/** Whether a patient was told about a redraw. */
export type Reach = 'told' | 'could_not_be_reached' | 'not_told';

export const REACHES: readonly { readonly id: Reach; readonly text: string }[] = [
  { id: 'told', text: 'Told' },
  { id: 'could_not_be_reached', text: 'Could not be reached' },
  { id: 'not_told', text: 'Not told yet' },
];

export function reachOf({ told }: { readonly told: Told | null }): Reach {
  if (told === null) return 'not_told';
  return told.reached ? 'told' : 'could_not_be_reached';
}
