import { greatest } from '../../../core/domain/sort-keys.ts';
import { TOLD_STATES, type Told, type ToldState } from '../../../core/domain/transaction/told.ts';
import type { MessageState, PatientMessage } from './message.ts';

/** A message that was held back for another reason was not needed, or can still be sent. */
const UNREACHABLE: readonly (string | null)[] = [
  'no_consent',
  'no_address',
  'no_user',
  'opted_out',
  'daily_cap',
  'not_confirmed',
];

/** The message that a transaction shows; null if none was sent or failed. One channel that works is enough. */
export function toldOf(messages: readonly PatientMessage[]): Told | null {
  const shown = messages.filter(isShown);
  const newest = greatest(shown, ({ planned_at, id }) => [planned_at, id]);
  if (!newest) return null;
  // Every channel carries the same message.
  const same = shown.filter(
    ({ template, by, basis }) => template === newest.template && by === newest.by && basis === newest.basis,
  );
  const told = greatest(same, ({ state, updated_at, id }) => [rankOf(state), updated_at, id]) ?? newest;
  const { channel, template, state, sent_at, updated_at } = told;
  return { channel, template, state, at: sent_at ?? updated_at };
}

/** Whether a transaction shows the message: it was sent, or could not be sent. */
export function isShown<Message extends Pick<PatientMessage, 'state' | 'reason'>>(
  message: Message,
): message is Message & { readonly state: ToldState } {
  const { state, reason } = message;
  if (state === 'suppressed') return UNREACHABLE.includes(reason);
  return TOLD_STATES.some((told) => told === state);
}

function rankOf(state: MessageState): number {
  return state === 'suppressed' ? 0 : state === 'delivered' ? 3 : state === 'sent' ? 2 : 1;
}
