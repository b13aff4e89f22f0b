import type { PatientMessage, Told } from '../api/answers.ts';

export type Channel = PatientMessage['channel'];

export const CHANNELS: Readonly<Record<Channel, string>> = { sms: 'SMS', email: 'Email' };

/** A channel within a sentence: "by email". */
export const CHANNELS_IN_TEXT: Readonly<Record<Channel, string>> = { sms: 'SMS', email: 'email' };

const TEMPLATES: Readonly<Record<string, string>> = {
  redraw_available: 'Redraw available',
  requisition_ready: 'Requisition ready',
  appointment_missed: 'Appointment missed',
  appointment_cancelled: 'Appointment cancelled',
  results_complete: 'Results complete',
};

/** `reminder_2` → "Reminder 2". */
export function templateText(template: string): string {
  return TEMPLATES[template] ?? template.replace(/^reminder_(\d+)$/, 'Reminder $1').replaceAll('_', ' ');
}

const HELD_BACK: Readonly<Record<string, string>> = {
  progressed: 'The redraw has moved on',
  closed: 'The redraw has ended',
  acknowledged: 'Stopped by the person who is handling the redraw',
  switched_off: 'This message is switched off',
  junction_sends: 'Junction sends its own message',
  not_confirmed: 'Junction didn’t confirm that it still applies',
  no_consent: 'The patient’s consent isn’t recorded, or was withdrawn',
  no_address: 'Junction has no usable phone number or email address',
  no_user: 'The patient’s user ID is unknown',
  opted_out: 'The patient opted out',
  too_late: 'It was too late to make sense',
  daily_cap: 'The patient had too many messages that day',
};

/** Why a message was held back or did not arrive; null if nothing is known. */
export function messageReasonText({
  state,
  reason,
}: Pick<PatientMessage, 'state' | 'reason'>): string | null {
  if (state === 'unknown') return 'It may or may not have been sent. It isn’t sent again automatically';
  if (reason === null) return null;
  return HELD_BACK[reason] ?? `The provider reports: ${reason.replaceAll('_', ' ').toLowerCase()}`;
}

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

/** The title of a message on the timeline. */
export function messageTitle(message: Pick<PatientMessage, 'channel' | 'state'>): string {
  const { channel, state } = message;
  if (state === 'sent' || state === 'delivered') return `Patient told by ${CHANNELS_IN_TEXT[channel]}`;
  return messageStateText(message);
}

const UNDELIVERED: readonly PatientMessage['state'][] = ['failed', 'bounced', 'opted_out', 'unknown'];

/** Whether a message was meant to go and did not arrive, as far as is known. */
export function isUndelivered({ state }: Pick<PatientMessage, 'state'>): boolean {
  return UNDELIVERED.includes(state);
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
