import { type Instant, later } from '../instant.ts';
import type { Appointment } from '../order/order-record.ts';
import { isOpen } from '../redraw/redraw.ts';
import { isReminder, type PatientMessage, plannedId, type SuppressionReason } from './message.ts';
import type { PlanSettings } from './message-settings.ts';
import { held, planned, redated } from './message-steps.ts';
import { isTrue, type MessagedTransaction, type WantedMessage, wantedMessages } from './wanted-messages.ts';

/** A message to write, and its state when it was read; null for a new one. */
export interface MessageChange {
  readonly next: PatientMessage;
  readonly read: PatientMessage | null;
}

export interface PlanInput {
  readonly transactionId: string;
  /** Null if the transaction is gone. */
  readonly transaction: MessagedTransaction | null;
  /** The appointments of the redraw order. */
  readonly appointments: readonly Appointment[];
  /** The existing messages. */
  readonly messages: readonly PatientMessage[];
  readonly settings: PlanSettings;
  readonly now: Instant;
}

/** Messages suppressed for these reasons are planned again if they become due again. */
const MAY_RETURN: readonly (string | null)[] = [
  'progressed',
  'closed',
  'acknowledged',
  'superseded',
  'switched_off',
] satisfies SuppressionReason[];

/**
 * The changes that bring the messages of a transaction up to date: creates, reschedules and suppresses. It changes
 * only `planned` messages, and suppressed ones that may be planned again.
 */
export function planMessages(input: PlanInput): MessageChange[] {
  const { transaction, appointments, messages, settings } = input;
  const wanted = transaction ? wantedMessages(transaction, appointments, settings) : [];
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
    ([id, { template, channel, at, basis, superseded }]): MessageChange[] => {
      if (ids.has(id) || superseded || isTooLate(at, input)) return [];
      const dates = { at, basis, not_after: later(at, settings.tooLate) };
      const next = planned({ id, transaction_id: input.transactionId, template, channel }, dates, input.now);
      return [{ next, read: null }];
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
  const { state, reason, basis } = message;
  const isPlanned = state === 'planned';
  if (wanted?.superseded) return isPlanned ? held(message, 'superseded', input.now) : null;
  if (!wanted) return isPlanned ? held(message, reasonOf(message, input), input.now) : null;
  const returns = state === 'suppressed' && MAY_RETURN.includes(reason);
  if (!returns && !(isPlanned && wanted.basis !== basis)) return null;
  if (isTooLate(wanted.at, input)) return isPlanned ? held(message, 'too_late', input.now) : null;
  const not_after = later(wanted.at, input.settings.tooLate);
  return redated(message, { at: wanted.at, basis: wanted.basis, not_after }, input.now);
}

/** A manually requested message stays planned while it applies; null if nothing changes. */
function keep(message: PatientMessage, input: PlanInput): PatientMessage | null {
  if (message.state !== 'planned') return null;
  const { transaction, settings, now } = input;
  const acknowledgement = transaction?.marks.acknowledgement;
  const stopped = acknowledgement?.stop_messages && acknowledgement.at > message.planned_at;
  const stays = transaction && isTrue(message.template, transaction) && !stopped;
  return stays && settings.channels.includes(message.channel)
    ? null
    : held(message, reasonOf(message, input), now);
}

function isTooLate(at: Instant, { settings, now }: PlanInput): boolean {
  return later(at, settings.tooLate) < now;
}

/** Why a message is not wanted. */
function reasonOf(
  { template, channel, by }: PatientMessage,
  { transaction, settings }: PlanInput,
): SuppressionReason {
  const isOff = by === null && settings.off.includes(template);
  if (isOff || !settings.channels.includes(channel)) return 'switched_off';
  if (!transaction?.redraw) return 'closed';
  if (transaction.marks.acknowledgement?.stop_messages) return 'acknowledged';
  return isOpen(transaction.redraw) ? 'progressed' : 'closed';
}
