import * as z from 'zod/mini';
import { type Instant, latest } from '../../../core/domain/instant.ts';
import { markKey } from '../../../core/store/poll-marks/mark-key.ts';
import { type Mark, moveMark, readMark, storedRevision } from '../../../core/store/poll-marks/marks.ts';
import { storedTime } from '../../../core/store/stored-times.ts';
import type { Table } from '../../../core/store/table.ts';

/** What a restore of the table means for the messages to patients. */
export interface RestoreMark extends Mark {
  /** Whether messages are off until the patients' choices are back. */
  readonly held: boolean;
  /** What became due until then may have been sent from the lost table: it is not sent. */
  readonly not_before: Instant;
}

const restoreKey = markKey('restore');

const restoreSchema = z.object({ revision: storedRevision, held: z.boolean(), not_before: storedTime });

/**
 * The mark of the last restore; null if the table was never restored.
 *
 * @throws DamagedItem if it cannot be read: then nobody knows whether messages may be sent
 */
export function readRestoreMark(table: Table): Promise<RestoreMark | null> {
  return readMark<RestoreMark>(table, restoreKey, restoreSchema);
}

/** Switches the messages off after a restore. Repeating it changes nothing, even after they are on again. */
export async function holdMessages(table: Table, restoredAt: Instant): Promise<void> {
  const read = await readRestoreMark(table);
  if (read && read.not_before >= restoredAt) return;
  await moveMark(table, restoreKey, read ?? { revision: 0 }, { held: true, not_before: restoredAt });
}

/** Switches the messages on again: what becomes due from now on is sent. */
export async function releaseMessages(table: Table, now: Instant): Promise<void> {
  const read = await readRestoreMark(table);
  if (!read?.held) return;
  const not_before = latest([read.not_before, now]) ?? now;
  await moveMark(table, restoreKey, read, { held: false, not_before });
}
