import type { PatientMessage, Transaction } from '../api/answers.ts';

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

/** Whether a patient was told about a redraw, by a message or a person. */
export type Reach = Transaction['reach'];

export const REACHES: readonly { readonly id: Reach; readonly text: string }[] = [
  { id: 'told', text: 'Notified' },
  { id: 'could_not_be_reached', text: 'Could not be reached' },
  { id: 'not_told', text: 'Not notified yet' },
];

/** "1 patient could not be reached" */
export function unreachedText(patients: number): string {
  return `${patients.toLocaleString('en')} ${patients === 1 ? 'patient' : 'patients'} could not be reached`;
}
