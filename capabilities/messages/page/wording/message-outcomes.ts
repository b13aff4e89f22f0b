import type { PatientMessage } from '../../../../dashboard/src/api/answers.ts';
import { CHANNELS_IN_TEXT, messageStateText } from '../../../../dashboard/src/wording/messages.ts';

const HELD_BACK: Readonly<Record<string, string>> = {
  progressed: 'The redraw has moved on',
  closed: 'The redraw has ended',
  acknowledged: 'Stopped by the person who is handling the redraw',
  sent_elsewhere: 'The patient was notified before the order moved to this transaction',
  superseded: 'A later reminder was due as well',
  already_sent: 'The same text was sent within the last hour',
  restored: 'It may have been sent before the data was restored from a backup',
  switched_off: 'This message is switched off',
  junction_sends: 'Junction sends its own message',
  not_confirmed: 'Junction didn’t confirm that it still applies',
  no_consent: 'The patient’s consent isn’t recorded, or was withdrawn',
  no_address: 'Junction has no usable phone number or email address',
  no_user: 'The patient’s user ID is unknown',
  opted_out: 'The patient opted out',
  reply: 'The patient replied that they want no more texts',
  too_late: 'It was too late to be useful',
  daily_cap: 'The patient had too many messages that day',
};

/** Why a message was suppressed or did not arrive; null if unknown. */
export function messageReasonText({
  state,
  reason,
}: Pick<PatientMessage, 'state' | 'reason'>): string | null {
  if (state === 'unknown') return 'It may or may not have been sent. It isn’t sent again automatically';
  if (reason === null) return null;
  return HELD_BACK[reason] ?? `The provider reports: ${reason.replaceAll('_', ' ').toLowerCase()}`;
}

/** The title of a message in the activity: "Patient notified by SMS and email". */
export function messageTitle(
  { channel, state }: Pick<PatientMessage, 'channel' | 'state'>,
  channels: readonly PatientMessage['channel'][] = [channel],
): string {
  if (state === 'sent' || state === 'delivered')
    return `Patient notified by ${list.format(channels.map((one) => CHANNELS_IN_TEXT[one]))}`;
  return list.format(channels.map((one) => messageStateText({ channel: one, state })));
}

const list = new Intl.ListFormat('en');

const UNDELIVERED: readonly PatientMessage['state'][] = ['failed', 'bounced', 'opted_out', 'unknown'];

/** Whether a message should have been sent and, as far as is known, did not arrive. */
export function isUndelivered({ state }: Pick<PatientMessage, 'state'>): boolean {
  return UNDELIVERED.includes(state);
}
