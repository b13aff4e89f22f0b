import { type Pause, retryOnConflict } from '../../../core/concurrency/retry.ts';
import type { Caller } from '../../../core/domain/caller.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import { byKey } from '../../../core/domain/sort-keys.ts';
import type { Table } from '../../../core/store/table.ts';
import {
  type ChoiceChange,
  optedIn,
  optedOut,
  type PatientRecord,
  recording,
} from '../rules/patient-record.ts';
import { writeMessages } from '../store/messages.ts';
import { readPatient } from '../store/patients.ts';

/** A change of a patient's choices, as the audit trail has it. */
export interface AuditedChoice extends ChoiceChange, Caller {
  readonly time: Instant;
  readonly outcome: 'started' | 'success' | 'refused' | 'failed';
  readonly request_id: string | null;
}

/**
 * Repeats the changes of patients' choices, oldest first. Can be repeated itself.
 *
 * @returns how many records changed
 */
export async function restoreChoices(
  { table, pause }: { readonly table: Table; readonly pause: Pause },
  entries: readonly AuditedChoice[],
): Promise<number> {
  let changed = 0;
  for (const choice of madeChoices(entries)) {
    let isChange = false;
    await retryOnConflict(pause, async () => {
      const read = await readPatient(table, choice.user_id);
      const next = repeated(read, choice);
      isChange = next !== null;
      return next ? writeMessages(table, { messages: [], patient: { next, read } }) : 'written';
    });
    changed += Number(isChange);
  }
  return changed;
}

/** The changes that were made. One that began, and may have been made, counts if the patient gets fewer messages by it. */
function madeChoices(entries: readonly AuditedChoice[]): AuditedChoice[] {
  const ended = new Set(entries.flatMap((one) => (one.outcome === 'started' ? [] : [one.request_id])));
  return entries
    .filter(({ outcome, state, request_id }) => {
      if (outcome !== 'started') return outcome === 'success';
      const isEnded = request_id !== null && ended.has(request_id);
      return !isEnded && (state === 'opted_out' || state === 'consent_withdrawn');
    })
    .sort(byKey(({ time }) => [time]));
}

function repeated(patient: PatientRecord, choice: AuditedChoice): PatientRecord | null {
  const { channel, state, time: at, subject, client_id, name } = choice;
  const isPerson = subject !== null || client_id !== null;
  if (!isPerson) {
    return state === 'opted_out'
      ? optedOut(patient, channel, { by: null, at, caller: null, reason: 'restored' })
      : optedIn(patient, channel);
  }
  const caller = { subject, client_id, name };
  const recorded = { by: name ?? client_id ?? subject ?? '', at, caller };
  if (state === 'consent_given' || state === 'consent_withdrawn') {
    return recording(patient, { consent: { [channel]: state === 'consent_given' } }, recorded);
  }
  return recording(patient, { opt_out: { [channel]: state === 'opted_out' } }, recorded);
}
