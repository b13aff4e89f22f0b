import { type Pause, retryOnConflict } from '../../../core/concurrency/retry.ts';
import type { Caller } from '../../../core/domain/caller.ts';
import { type Instant, later } from '../../../core/domain/instant.ts';
import { progressKey } from '../../../core/domain/redraw/redraw.ts';
import { RequestRefused } from '../../../core/domain/request-refused.ts';
import type { Channel } from '../../../core/domain/transaction/told.ts';
import { findTransaction, type TeamContext } from '../../../core/use-cases/team-visibility.ts';
import { type PatientMessage, requestedId, type TemplateName } from '../rules/message.ts';
import type { PlanSettings } from '../rules/message-settings.ts';
import { planned } from '../rules/message-steps.ts';
import { isSameMessage, wasJustSent } from '../rules/repeated-message.ts';
import { messageByHand } from '../rules/wanted-messages.ts';
import { readMessages, writeMessages } from '../store/messages.ts';
import { messageFactsOf } from './update-plan.ts';

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

const PLANNED = 'The same message is already planned.';
const SENT = 'The same message was sent within the last hour.';

/**
 * Plans a message by hand.
 *
 * @throws TransactionNotFound
 * @throws MessageRefused if the channel is off, the message would not be true, the same one is planned for any time, or the
 * same text is being sent or has gone within the hour
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
    const facts = await messageFactsOf(table, transaction);
    const applies = messageByHand(facts, template, now);
    if (!redraw || !applies) {
      throw new MessageRefused('This message does not apply to the transaction in its current state.');
    }
    const messages = await readMessages(table, transactionId);
    const same = messages.filter((one) => isSameMessage(one, request));
    if (same.some(({ state }) => state === 'planned')) throw new MessageRefused(PLANNED);
    if (wasJustSent(messages, request, now)) throw new MessageRefused(SENT);
    const nth = same.filter((one) => one.by !== null).length + 1;
    const named = {
      id: requestedId(template, channel, nth),
      transaction_id: transactionId,
      template,
      channel,
    };
    const { appointment_id } = applies;
    const basis = progressKey(redraw);
    const dates = { at: now, basis, appointment_id, not_after: later(now, settings.tooLate) };
    message = planned(named, dates, now, { by, caller, why });
    return writeMessages(table, { messages: [{ next: message, read: null }], transaction });
  });
  if (!message) throw new Error('the message was not written');
  await announce(message);
  return message;
}
