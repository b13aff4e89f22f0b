import { retryOnConflict } from '../../../core/concurrency/retry.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import type { PatientReply } from '../providers/patient-reply.ts';
import type { PatientMessage } from '../rules/message.ts';
import { type ChoiceChange, optedIn } from '../rules/patient-record.ts';
import { readMessage, writeMessages } from '../store/messages.ts';
import { readPatient } from '../store/patients.ts';
import { readSentSms } from '../store/sent-sms.ts';
import { type OutcomeDependencies, recordOutcome } from './record-outcome.ts';

/**
 * Records that a patient who replied to an SMS wants no more of them, or wants them again. The patient is found by the SMS. Other
 * replies change nothing.
 *
 * @returns the SMS, and whether the reply said anything new; null if this deployment has not sent such an SMS
 */
export async function recordReply(
  dependencies: OutcomeDependencies,
  { kind, replyTo }: PatientReply,
  now: Instant,
): Promise<{
  readonly named: Pick<PatientMessage, 'transaction_id' | 'id'>;
  readonly isNew: boolean;
} | null> {
  const named = replyTo === null ? null : await readSentSms(dependencies.projection.table, replyTo);
  if (!named) return null;
  if (kind === 'opt_out') {
    const outcome = { state: 'opted_out', reason: 'reply', optsOut: true } as const;
    return { named, isNew: (await recordOutcome(dependencies, named, outcome, now)) === true };
  }
  return { named, isNew: kind === 'opt_in' && (await optIn(dependencies, named)) };
}

async function optIn(
  { projection: { table, pause }, recordChoice }: OutcomeDependencies,
  named: Pick<PatientMessage, 'transaction_id' | 'id'>,
): Promise<boolean> {
  let isNew = false;
  let choice: ChoiceChange | null = null;
  await retryOnConflict(pause, async () => {
    const message = await readMessage(table, named);
    const read = message?.user_id ? await readPatient(table, message.user_id) : null;
    const next = message && read && optedIn(read, message.channel);
    isNew = next !== null;
    if (message && read) {
      const { user_id, opt_out } = next ?? read;
      // An opt-out that a person recorded stays.
      const state = opt_out[message.channel] ? 'opted_out' : 'opt_out_ended';
      choice = { user_id, channel: message.channel, state };
    }
    return read && next ? writeMessages(table, { messages: [], patient: { next, read } }) : 'written';
  });
  if (choice) await recordChoice(choice);
  return isNew;
}
