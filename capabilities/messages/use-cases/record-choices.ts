import { type Pause, retryOnConflict } from '../../../core/concurrency/retry.ts';
import type { Table } from '../../../core/store/table.ts';
import {
  type PatientRecord,
  type Recorded,
  type RequestedChoices,
  recording,
} from '../rules/patient-record.ts';
import { writeMessages } from '../store/messages.ts';
import { readPatient } from '../store/patients.ts';

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
  choices: RequestedChoices,
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
