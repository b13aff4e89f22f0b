import { type Pause, retryOnConflict } from '../../concurrency/retry.ts';
import type { Caller } from '../../domain/caller.ts';
import { type Instant, later } from '../../domain/instant.ts';
import type { Channel } from '../../domain/message/channels.ts';
import { type PatientMessage, requestedId, type TemplateName } from '../../domain/message/message.ts';
import type { PlanSettings } from '../../domain/message/message-settings.ts';
import { planned } from '../../domain/message/message-steps.ts';
import { isTrue } from '../../domain/message/wanted-messages.ts';
import { progressKey } from '../../domain/redraw/redraw.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import { readMessages, writeMessages } from '../../store/messages/messages.ts';
import { findTransaction, type TeamContext } from '../team-visibility.ts';

/** The message cannot be requested in the current state. */
class MessageRefused extends RequestRefused {
  override readonly name = 'MessageRefused';
  override readonly kind = 'conflict';
}

export interface MessageRequest {
  readonly template: TemplateName;
  readonly channel: Channel;
  /** The name that the caller gave. */
  readonly by: string;
  readonly caller: Caller;
  readonly why: string;
}

export interface RequestDependencies extends TeamContext {
  readonly settings: PlanSettings;
  readonly pause: Pause;
  /** Triggers an immediate run. If that fails, the next scheduled run sends the message. */
  readonly announce: (message: PatientMessage) => Promise<void>;
}

/** The shortest time between two messages with the same text through the same channel (ms). */
const MIN_PAUSE = 3_600_000;

/**
 * Plans a message by hand.
 *
 * @throws TransactionNotFound
 * @throws MessageRefused if the channel is off, the message would not be true, or the same one has gone within the hour or is on
 * its way
 */
export async function requestMessage(
  dependencies: RequestDependencies,
  transactionId: string,
  request: MessageRequest,
  now: Instant,
): Promise<PatientMessage> {
  const { table, pause, settings, announce } = dependencies;
  const { template, channel, by, caller, why } = request;
  let message: PatientMessage | undefined;
  await retryOnConflict(pause, async () => {
    const transaction = await findTransaction(dependencies, transactionId);
    const { redraw } = transaction;
    if (!settings.channels.includes(channel))
      throw new MessageRefused('Messages through this channel are off.');
    if (!redraw || !isTrue(template, transaction)) {
      throw new MessageRefused('This message does not apply to the transaction in its current state.');
    }
    const messages = await readMessages(table, transactionId);
    const same = messages.filter((one) => one.template === template && one.channel === channel);
    const known = same.find((one) => isRecent(one, now));
    if (known) throw new MessageRefused(sentence(known));
    const nth = same.filter((one) => one.by !== null).length + 1;
    const named = {
      id: requestedId(template, channel, nth),
      transaction_id: transactionId,
      template,
      channel,
    };
    const dates = { at: now, basis: progressKey(redraw), not_after: later(now, settings.tooLate) };
    message = planned(named, dates, now, { by, caller, why });
    return writeMessages(table, { messages: [{ next: message, read: null }], transaction });
  });
  if (!message) throw new Error('the message was not written');
  await announce(message);
  return message;
}

/** Whether a message is being sent, or may have been sent within the last hour. */
function isRecent({ state, due_at, sent_at }: PatientMessage, now: Instant): boolean {
  if (state === 'planned') return due_at <= now;
  return state === 'sending' || (sent_at !== null && later(sent_at, MIN_PAUSE) > now && state !== 'failed');
}

function sentence({ state }: PatientMessage): string {
  return state === 'planned' || state === 'sending'
    ? 'The same message is already being sent.'
    : 'The same message was sent within the last hour.';
}
