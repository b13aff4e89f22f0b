import type { Milliseconds } from '../../../core/domain/duration.ts';
import { type Instant, later } from '../../../core/domain/instant.ts';
import { isReminder, type PatientMessage } from './message.ts';

/** The shortest time between two messages with the same text through the same channel. */
const MIN_PAUSE: Milliseconds = 3_600_000;

type Named = Pick<PatientMessage, 'template' | 'channel'>;

/** Whether two messages have the same name. */
export function isSameMessage(one: Named, other: Named): boolean {
  return one.template === other.template && one.channel === other.channel;
}

/** Whether a message with the same text is being sent, or was or may have been sent within the last hour. Reminders share a text. */
export function wasJustSent(messages: readonly PatientMessage[], named: Named, now: Instant): boolean {
  return messages
    .filter(({ template, channel }) => {
      const isSameText = template === named.template || (isReminder(template) && isReminder(named.template));
      return isSameText && channel === named.channel;
    })
    .some(
      ({ state, sent_at }) =>
        state === 'sending' || (state !== 'failed' && sent_at !== null && later(sent_at, MIN_PAUSE) > now),
    );
}

/** Whether somebody has requested the same message by hand, and it waits, or went at the same progress of the redraw. */
export function isRequested(
  messages: readonly PatientMessage[],
  wanted: Named & Pick<PatientMessage, 'basis'>,
): boolean {
  return messages.some(
    (one) =>
      one.by !== null &&
      isSameMessage(one, wanted) &&
      (one.state === 'planned' ||
        (one.sent_at !== null && one.state !== 'failed' && one.basis === wanted.basis)),
  );
}
