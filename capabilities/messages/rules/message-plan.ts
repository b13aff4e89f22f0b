import { isHistorical } from '../../../core/domain/events/history.ts';
import { type Instant, later } from '../../../core/domain/instant.ts';
import { isOpen } from '../../../core/domain/redraw/redraw.ts';
import { isReminder, type PatientMessage, plannedId, type SuppressionReason } from './message.ts';
import type { PlanSettings } from './message-settings.ts';
import { held, planned, redated } from './message-steps.ts';
import { isRequested } from './repeated-message.ts';
import { type MessageFacts, messageByHand, type WantedMessage, wantedMessages } from './wanted-messages.ts';

/** A message to write, and its state when it was read; null for a new one. */
export interface MessageChange {
  readonly next: PatientMessage;
  readonly read: PatientMessage | null;
}

export interface PlanInput {
  readonly transactionId: string;
  /** Null if the transaction is gone. */
  readonly facts: MessageFacts | null;
  /** The existing messages. */
  readonly messages: readonly PatientMessage[];
  readonly settings: PlanSettings;
  /** After a restore of the table: what became due until then may have been sent. Null if there was none. */
  readonly notBefore: Instant | null;
  /** Since when the service watches: no message is about what was before. Null if nothing was. */
  readonly since: Instant | null;
  readonly now: Instant;
}

/** Messages suppressed for these reasons are planned again if they become due again. */
const MAY_RETURN: readonly (string | null)[] = [
  'progressed',
  'closed',
  'acknowledged',
  'superseded',
  'switched_off',
  'restored',
] satisfies SuppressionReason[];

/**
 * The changes that bring the messages of a transaction up to date: creates, reschedules and suppresses. It changes
 * only `planned` messages, and suppressed ones that may be planned again.
 */
export function planMessages(input: PlanInput): MessageChange[] {
  const { facts, messages, settings } = input;
  const wanted = facts ? wantedMessages(facts, settings) : [];
  const wantedById = new Map(
    withSuperseded(wanted, input.now).flatMap((one) =>
      settings.channels.map((channel) => [plannedId(one.template, channel), { ...one, channel }] as const),
    ),
  );
  const known = messages.flatMap((message): MessageChange[] => {
    const next =
      message.by === null ? planAgain(message, wantedById.get(message.id), input) : keep(message, input);
    return next ? [{ next, read: message }] : [];
  });
  const ids = new Set(messages.map(({ id }) => id));
  const created = [...wantedById].flatMap(
    ([id, { template, channel, superseded, ...dates }]): MessageChange[] => {
      const obstacle = obstacleTo(dates.at, input);
      if (ids.has(id) || superseded || obstacle === 'too_late') return [];
      if (isHistorical(dates.at, input.since)) return [];
      if (isRequested(messages, { template, channel, basis: dates.basis })) return [];
      const named = { id, transaction_id: input.transactionId, template, channel };
      const next = planned(named, datesOf(dates, input), input.now);
      // Somebody may want to know that it was perhaps not sent.
      return [{ next: obstacle ? held(next, obstacle, input.now) : next, read: null }];
    },
  );
  return [...known, ...created];
}

interface DatedMessage extends WantedMessage {
  /** Whether a later reminder is due too, which makes this one redundant. */
  readonly superseded: boolean;
}

function withSuperseded(wanted: readonly WantedMessage[], now: Instant): readonly DatedMessage[] {
  const due = wanted.filter(({ template, at }) => isReminder(template) && at <= now);
  const earlier = new Set(due.slice(0, -1));
  return wanted.map((one) => ({ ...one, superseded: earlier.has(one) }));
}

/** The next state of an automatically planned message; null if nothing changes. */
function planAgain(
  message: PatientMessage,
  wanted: DatedMessage | undefined,
  input: PlanInput,
): PatientMessage | null {
  const { state, basis } = message;
  const isPlanned = state === 'planned';
  if (wanted?.superseded) return isPlanned ? held(message, 'superseded', input.now) : null;
  if (!wanted) return isPlanned ? held(message, reasonOf(message, input), input.now) : null;
  const isSame = wanted.basis === basis && wanted.appointment_id === message.appointment_id;
  const isCurrent = isSame && !isBeforeRestore(message.due_at, input);
  const changes = isPlanned ? !isCurrent : mayReturn(message, wanted, input);
  if (!changes) return null;
  const obstacle = obstacleTo(wanted.at, input);
  if (obstacle) return isPlanned ? held(message, obstacle, input.now) : null;
  return redated(message, datesOf(wanted, input), input.now);
}

/** Whether a suppressed message is planned again. It is not if somebody has sent the same by hand, or is about to. */
function mayReturn(
  { state, reason, template, channel }: PatientMessage,
  { basis }: WantedMessage,
  { messages }: PlanInput,
): boolean {
  const returns = state === 'suppressed' && MAY_RETURN.includes(reason);
  return returns && !isRequested(messages, { template, channel, basis });
}

function datesOf(
  { at, basis, appointment_id }: Pick<WantedMessage, 'at' | 'basis' | 'appointment_id'>,
  { settings }: PlanInput,
) {
  return { at, basis, appointment_id, not_after: later(at, settings.tooLate) };
}

/** A manually requested message stays planned while it applies; null if nothing changes. */
function keep(message: PatientMessage, input: PlanInput): PatientMessage | null {
  if (message.state !== 'planned') return null;
  const { facts, settings, now } = input;
  const acknowledgement = facts?.transaction.marks.acknowledgement;
  const stopped = acknowledgement?.stop_messages && acknowledgement.at > message.planned_at;
  const applies = facts && messageByHand(facts, message.template, now);
  if (isBeforeRestore(message.due_at, input)) return held(message, 'restored', now);
  const stays = applies && applies.appointment_id === message.appointment_id && !stopped;
  return stays && settings.channels.includes(message.channel)
    ? null
    : held(message, reasonOf(message, input), now);
}

/** Why a message that applies from then on is not sent any more; null if it is. */
function obstacleTo(at: Instant, input: PlanInput): 'too_late' | 'restored' | null {
  if (isTooLate(at, input)) return 'too_late';
  return isBeforeRestore(at, input) ? 'restored' : null;
}

function isBeforeRestore(at: Instant, { notBefore }: PlanInput): boolean {
  return notBefore !== null && at <= notBefore;
}

function isTooLate(at: Instant, { settings, now }: PlanInput): boolean {
  return later(at, settings.tooLate) < now;
}

/** Why a message is not wanted. */
function reasonOf(
  { template, channel, by }: PatientMessage,
  { facts, settings }: PlanInput,
): SuppressionReason {
  const transaction = facts?.transaction;
  const isOff = by === null && settings.off.includes(template);
  if (isOff || !settings.channels.includes(channel)) return 'switched_off';
  if (!transaction?.redraw) return 'closed';
  if (transaction.marks.acknowledgement?.stop_messages) return 'acknowledged';
  return isOpen(transaction.redraw) ? 'progressed' : 'closed';
}
