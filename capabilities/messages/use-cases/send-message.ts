import { retryOnConflict } from '../../../core/concurrency/retry.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import type { OrderRecord } from '../../../core/domain/order/order-record.ts';
import { isWithheld } from '../../../core/domain/stored/incompleteness.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { OutcomeUnknown, Refused, Throttled } from '../../../core/email/provider.ts';
import { readTransaction } from '../../../core/store/transactions/transactions.ts';
import { messageRef, type PatientMessage } from '../rules/message.ts';
import { planMessages } from '../rules/message-plan.ts';
import type { SendSettings } from '../rules/message-settings.ts';
import { held, postponed, sending } from '../rules/message-steps.ts';
import { counting, type PatientRecord } from '../rules/patient-record.ts';
import { patientTimeZones } from '../rules/patient-time-zones.ts';
import { wasJustSent } from '../rules/repeated-message.ts';
import { retryTime, sendDecision } from '../rules/send-decision.ts';
import { readMessage, readMessages, writeMessages } from '../store/messages.ts';
import { readPatient } from '../store/patients.ts';
import { type ContactAnswer, channelFacts, type Send } from './channels.ts';
import { type OutcomeDependencies, type ReportedOutcome, storeOutcome } from './record-outcome.ts';

export interface SendDependencies extends OutcomeDependencies {
  readonly settings: SendSettings;
  readonly teamId: string | null;
  readonly now: () => Instant;
  /** Called for each due message that was not sent, with its state and reason, so that operators can find it. */
  readonly notSent: (
    message: Pick<PatientMessage, 'transaction_id' | 'id'>,
    state: 'planned' | 'failed' | 'opted_out' | 'unknown',
    reason: string | null,
  ) => void;
}

/** What Junction said, just now, about the patient and the order of a message. */
export interface Confirmation extends ContactAnswer {
  /** The transaction as it was read after Junction had answered. */
  readonly transaction: StoredTransaction;
  /** The redraw order; null while there is none. */
  readonly order: OrderRecord | null;
  /** Renders a message. Null if its channel is off. */
  readonly prepare: (message: PatientMessage) => Send | null;
}

export type SendResult = 'sent' | 'held' | 'waiting' | 'refused' | 'unknown' | 'left';

/**
 * Sends a message that is due and wanted, once. Its item leaves `planned` by a conditional write before the provider is
 * called, together with the day's count of the patient and on condition that the transaction is still the confirmed one.
 */
export async function sendMessage(
  dependencies: SendDependencies,
  named: PatientMessage,
  confirmation: Confirmation,
): Promise<SendResult> {
  // Render first: a rendering error must occur before the item changes.
  const send = confirmation.prepare(named);
  const address = channelFacts[named.channel].addressOf(confirmation.contact);
  const claimed = await claim(dependencies, named, confirmation, address !== null);
  if (typeof claimed === 'string' || address === null) return typeof claimed === 'string' ? claimed : 'left';
  const outcome = await passOn(send, claimed.message, address);
  return settle(dependencies, claimed, outcome);
}

/** A message that this run has moved to `sending`. */
interface Claimed {
  readonly message: PatientMessage;
  readonly userId: string;
  readonly day: string;
}

/** Moves a message to `sending`, or holds it back, or gives it a new date. */
async function claim(
  dependencies: SendDependencies,
  named: PatientMessage,
  confirmation: Confirmation,
  hasAddress: boolean,
): Promise<Claimed | Exclude<SendResult, 'sent'>> {
  const { table, pause } = dependencies.projection;
  let step: Step = 'left';
  await retryOnConflict(pause, async () => {
    step = await nextStep(dependencies, named, confirmation, hasAddress);
    if (step === 'left') return 'written';
    const { next, read, counted, transaction } = step;
    return writeMessages(table, { messages: [{ next, read }], patient: counted, transaction });
  });
  return resultOf(step);
}

/** The next state of a message; `left` if this run must not change it. */
type Step = 'left' | MessageStep;

interface MessageStep {
  readonly next: PatientMessage;
  readonly read: PatientMessage;
  /** It must not change either. */
  readonly transaction: StoredTransaction;
  /** The patient with one more message on the day; undefined if the message is not sent. */
  readonly counted?:
    | { readonly next: PatientRecord; readonly read: PatientRecord; readonly day: string }
    | undefined;
}

function resultOf(step: Step): Claimed | Exclude<SendResult, 'sent'> {
  if (step === 'left') return 'left';
  const { next, counted } = step;
  if (counted) return { message: next, userId: counted.next.user_id, day: counted.day };
  return next.state === 'suppressed' ? 'held' : 'waiting';
}

async function nextStep(
  { projection: { table }, settings, now }: SendDependencies,
  named: PatientMessage,
  confirmation: Confirmation,
  hasAddress: boolean,
): Promise<Step> {
  const read = await readMessage(table, named);
  const transaction = await readTransaction(table, confirmation.transaction.id);
  const at = now();
  // Another revision can be about another appointment, which the text does not name.
  if (read?.state !== 'planned' || read.revision !== named.revision || read.due_at > at) return 'left';
  if (!transaction || isWithheld(transaction)) return 'left';
  // A report about another message changes the transaction too. Anything else is for the next run.
  if (!isStillWanted(read, transaction, confirmation, { settings, at })) return 'left';
  const patient = transaction.user_id === null ? null : await readPatient(table, transaction.user_id);
  // After the patient, whose item any message that is sent in between changes.
  const messages = await readMessages(table, transaction.id);
  const decision = sendDecision({
    message: read,
    patient,
    hasAddress,
    settings,
    now: at,
    junctionSends: channelFacts[read.channel].junctionSends(confirmation),
    zones: patientTimeZones(confirmation.contact.state, confirmation.contact.zip),
  });
  const guards = { read, transaction };
  if (decision.kind === 'send' && wasJustSent(messages, read, at)) {
    return { next: held(read, 'already_sent', at), ...guards };
  }
  if (decision.kind === 'wait') return { next: postponed(read, decision.until, false, at), ...guards };
  if (decision.kind === 'hold') return { next: held(read, decision.reason, at), ...guards };
  if (!patient) return { next: held(read, 'no_user', at), ...guards };
  const counted = { next: counting(patient, decision.day, 1), read: patient, day: decision.day };
  return { next: sending(read, patient.user_id, at), counted, ...guards };
}

/** Whether the plan leaves the message as it is, although its transaction may have changed since Junction confirmed it. */
function isStillWanted(
  message: PatientMessage,
  transaction: StoredTransaction,
  confirmed: Confirmation,
  { settings, at: now }: { readonly settings: SendSettings; readonly at: Instant },
): boolean {
  if (transaction.revision === confirmed.transaction.revision) return true;
  const input = {
    transactionId: transaction.id,
    facts: { transaction, order: confirmed.order },
    messages: [message],
    settings,
    notBefore: null,
    since: null,
    now,
  };
  return planMessages(input).every(({ read }) => read === null);
}

/** What the provider did with a message; `throttled` if it certainly did not take it and may later. */
type Passed =
  | (ReportedOutcome & { readonly state: 'sent' | 'failed' | 'opted_out' | 'unknown' })
  | 'throttled';

async function passOn(send: Send | null, message: PatientMessage, to: string): Promise<Passed> {
  try {
    const accepted = await send?.({ to, ref: messageRef(message) });
    if (!accepted) throw new Refused('no_provider');
    const provider_id = accepted.providerId ?? undefined;
    return { state: 'sent', reason: null, provider_id, optsOut: false };
  } catch (error) {
    if (error instanceof Throttled) return 'throttled';
    if (error instanceof Refused) {
      const state = error.optedOut ? 'opted_out' : 'failed';
      return { state, reason: error.reason, optsOut: error.optedOut };
    }
    return {
      state: 'unknown',
      reason: error instanceof OutcomeUnknown ? error.reason : 'unknown',
      optsOut: false,
    };
  }
}

/** Records what the provider did. The provider's event may already have arrived. */
async function settle(
  dependencies: SendDependencies,
  claimed: Claimed,
  outcome: Passed,
): Promise<SendResult> {
  if (outcome === 'throttled') {
    await takeBack(dependencies, claimed);
    dependencies.notSent(claimed.message, 'planned', 'throttled');
    return 'waiting';
  }
  await storeOutcome(dependencies, claimed.message, outcome, dependencies.now());
  if (outcome.state === 'sent') return 'sent';
  dependencies.notSent(claimed.message, outcome.state, outcome.reason);
  return outcome.state === 'unknown' ? 'unknown' : 'refused';
}

/** Reschedules the message and subtracts it from the day's count. */
async function takeBack(
  { projection: { table, pause }, now }: SendDependencies,
  { message, userId, day }: Claimed,
): Promise<void> {
  await retryOnConflict(pause, async () => {
    const read = await readMessage(table, message);
    if (read?.revision !== message.revision) return 'written';
    const patient = await readPatient(table, userId);
    const at = now();
    return writeMessages(table, {
      messages: [{ next: postponed(read, retryTime(read, at), true, at), read }],
      patient: { next: counting(patient, day, -1), read: patient },
    });
  });
}
