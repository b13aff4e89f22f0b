import { retryOnConflict } from '../../concurrency/retry.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PatientMessage } from '../../domain/message/message.ts';
import { optedIn } from '../../domain/message/patient-record.ts';
import type { PatientReply } from '../../providers/patient-reply.ts';
import { readMessage, writeMessages } from '../../store/messages/messages.ts';
import { readPatient } from '../../store/messages/patients.ts';
import { readSentSms } from '../../store/messages/sent-sms.ts';
import type { Projection } from '../recompute.ts';
import { recordOutcome } from './record-outcome.ts';

/**
 * Records that a patient who replied to an SMS wants no more of them, or wants them again. The patient is found by the SMS. Other
 * replies change nothing.
 *
 * @returns the SMS, and whether the reply said anything new; null if this deployment has not sent such an SMS
 */
export async function recordReply(
  projection: Projection,
  { kind, replyTo }: PatientReply,
  now: Instant,
): Promise<{
  readonly named: Pick<PatientMessage, 'transaction_id' | 'id'>;
  readonly isNew: boolean;
} | null> {
  const named = replyTo === null ? null : await readSentSms(projection.table, replyTo);
  if (!named) return null;
  if (kind === 'opt_out') {
    const outcome = { state: 'opted_out', reason: 'reply', optsOut: true } as const;
    return { named, isNew: (await recordOutcome(projection, named, outcome, now)) === true };
  }
  return { named, isNew: kind === 'opt_in' && (await optIn(projection, named)) };
}

async function optIn(
  { table, pause }: Projection,
  named: Pick<PatientMessage, 'transaction_id' | 'id'>,
): Promise<boolean> {
  let isNew = false;
  await retryOnConflict(pause, async () => {
    const message = await readMessage(table, named);
    const read = message?.user_id ? await readPatient(table, message.user_id) : null;
    const next = message && read && optedIn(read, message.channel);
    isNew = next !== null;
    return read && next ? writeMessages(table, { messages: [], patient: { next, read } }) : 'written';
  });
  return isNew;
}
