import { type Pause, retryOnConflict } from '../../concurrency/retry.ts';
import type { Channel } from '../../domain/message/channels.ts';
import { type PatientRecord, type Recorded, recording } from '../../domain/message/patient-record.ts';
import { writeMessages } from '../../store/messages/messages.ts';
import { readPatient } from '../../store/messages/patients.ts';
import type { Table } from '../../store/table.ts';

/** What to record about a patient's channels; a channel that is absent stays as it is. */
export interface PatientChoices {
  /** Whether the patient agrees to messages through the channel. */
  readonly consent?: Readonly<Partial<Record<Channel, boolean>>>;
  /** Whether the patient wants no messages through the channel; false withdraws an opt-out. */
  readonly opt_out?: Readonly<Partial<Record<Channel, boolean>>>;
}

/** What is recorded about a user's messages; an empty record for a user who is not known. */
export function messageSettingsOf(
  { table }: { readonly table: Table },
  userId: string,
): Promise<PatientRecord> {
  return readPatient(table, userId);
}

/** Records consent and opt-outs. Recording the same again changes nothing. */
export async function recordChoices(
  { table, pause }: { readonly table: Table; readonly pause: Pause },
  userId: string,
  choices: PatientChoices,
  recorded: Recorded,
): Promise<PatientRecord> {
  let result: PatientRecord | undefined;
  await retryOnConflict(pause, async () => {
    const read = await readPatient(table, userId);
    const next = recording(read, choices, recorded);
    result = next ?? read;
    return next ? writeMessages(table, { messages: [], patient: { next, read } }) : 'written';
  });
  if (!result) throw new Error('the patient was not read');
  return result;
}
