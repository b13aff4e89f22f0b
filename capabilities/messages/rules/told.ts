import type { Instant } from '../../../core/domain/instant.ts';
import { greatest } from '../../../core/domain/sort-keys.ts';
import type { Channel } from './channels.ts';
import type { MessageState, PatientMessage, TemplateName } from './message.ts';

/** The latest message of a transaction that was sent or could not be sent. */
export interface Told {
  readonly channel: Channel;
  readonly template: TemplateName;
  readonly state: MessageState;
  readonly at: Instant;
}

export const REACHES = ['not_told', 'told', 'could_not_be_reached'] as const;
/** Whether the patient was told about the redraw. */
export type Reach = (typeof REACHES)[number];

const WENT: readonly MessageState[] = ['sent', 'delivered'];
const DID_NOT_GO: readonly MessageState[] = ['failed', 'bounced', 'opted_out', 'unknown', 'suppressed'];
/** A message that was held back for another reason was not needed, or can still be sent. */
const UNREACHABLE: readonly (string | null)[] = [
  'no_consent',
  'no_address',
  'no_user',
  'opted_out',
  'daily_cap',
  'not_confirmed',
];

export function reachOf(told: Told | null | undefined): Reach {
  if (!told) return 'not_told';
  return WENT.includes(told.state) ? 'told' : 'could_not_be_reached';
}

/** The message that a transaction shows; null if none was sent or failed. One channel that works is enough. */
export function toldOf(messages: readonly PatientMessage[]): Told | null {
  const shown = messages.filter(isShown);
  const newest = greatest(shown, ({ planned_at, id }) => [planned_at, id]);
  if (!newest) return null;
  // Both channels carry the same message.
  const same = shown.filter(
    ({ template, by, basis }) => template === newest.template && by === newest.by && basis === newest.basis,
  );
  const told = greatest(same, ({ state, updated_at, id }) => [rankOf(state), updated_at, id]) ?? newest;
  const { channel, template, state, sent_at, updated_at } = told;
  return { channel, template, state, at: sent_at ?? updated_at };
}

/** Whether a transaction shows the message: it was sent, or could not be sent. */
export function isShown({ state, reason }: Pick<PatientMessage, 'state' | 'reason'>): boolean {
  if (state === 'suppressed') return UNREACHABLE.includes(reason);
  return WENT.includes(state) || DID_NOT_GO.includes(state);
}

function rankOf(state: MessageState): number {
  return state === 'suppressed' ? 0 : state === 'delivered' ? 3 : state === 'sent' ? 2 : 1;
}
