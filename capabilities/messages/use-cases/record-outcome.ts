import { retryOnConflict } from '../../../core/concurrency/retry.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import type { Projection } from '../../../core/use-cases/recompute.ts';
import type { PatientMessage } from '../rules/message.ts';
import { type MessageOutcome, withOutcome } from '../rules/message-steps.ts';
import { type ChoiceChange, optedOut } from '../rules/patient-record.ts';
import { readMessage, writeMessages } from '../store/messages.ts';
import { readPatient } from '../store/patients.ts';
import { reportOutcomes } from './report-outcomes.ts';

export interface OutcomeDependencies {
  readonly projection: Projection;
  /** Adds a choice that no request of the API made to the audit trail, from which a restore reads it. Can be repeated. */
  readonly recordChoice: (choice: ChoiceChange) => Promise<void>;
}

/** An outcome, and whether the patient gets no more messages through the channel. */
export interface ReportedOutcome extends MessageOutcome {
  readonly optsOut: boolean;
}

/**
 * Stores what a provider reports about a message, unless a more conclusive outcome is stored, and updates its transaction. Reports can
 * be repeated and arrive in any order.
 *
 * @returns whether the report said anything new; null if there is no such message
 */
export async function recordOutcome(
  dependencies: OutcomeDependencies,
  named: Pick<PatientMessage, 'transaction_id' | 'id'>,
  outcome: ReportedOutcome,
  now: Instant,
): Promise<boolean | null> {
  const stored = await storeOutcome(dependencies, named, outcome, now);
  if (stored === 'no_message') return null;
  await reportOutcomes(dependencies.projection, named.transaction_id);
  return stored === 'written';
}

/** Stores the outcome alone. An opt-out counts at once; the trail gets it even if it was known, because it may lack it. */
export async function storeOutcome(
  { projection, recordChoice }: OutcomeDependencies,
  named: Pick<PatientMessage, 'transaction_id' | 'id'>,
  outcome: ReportedOutcome,
  now: Instant,
): Promise<'written' | 'nothing_new' | 'no_message'> {
  const { table, pause } = projection;
  let message: PatientMessage | null = null;
  const stored = await retryOnConflict(pause, async () => {
    message = await readMessage(table, named);
    if (!message) return 'no_message';
    const next = withOutcome(message, outcome, now);
    const patient = outcome.optsOut ? await patientOptingOut(projection, message, outcome, now) : null;
    if (!next && !patient) return 'nothing_new';
    return writeMessages(table, {
      messages: next ? [{ next, read: message }] : [],
      patient: patient ?? undefined,
    });
  });
  if (outcome.optsOut) await recordOptOut(recordChoice, message);
  return stored;
}

async function recordOptOut(
  recordChoice: OutcomeDependencies['recordChoice'],
  message: Pick<PatientMessage, 'user_id' | 'channel'> | null,
): Promise<void> {
  if (!message?.user_id) return;
  await recordChoice({ user_id: message.user_id, channel: message.channel, state: 'opted_out' });
}

/** The patient with the opt-out; null if it is recorded already. */
async function patientOptingOut(
  { table }: Projection,
  { user_id, channel }: PatientMessage,
  { reason }: ReportedOutcome,
  at: Instant,
) {
  if (user_id === null) return null;
  const read = await readPatient(table, user_id);
  const next = optedOut(read, channel, { by: null, at, caller: null, reason });
  return next && { next, read };
}
