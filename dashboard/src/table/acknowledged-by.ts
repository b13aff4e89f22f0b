import type { Redraw } from '../api/answers.ts';
import type { CsvRow } from './csv.ts';

/** The columns of an export that say who acknowledged a redraw. */
export function acknowledgedBy(
  acknowledgement: Omit<NonNullable<Redraw['acknowledgement']>, 'stop_messages'> | null | undefined,
): CsvRow {
  const { by = null, caller, at = null, note = null } = acknowledgement ?? {};
  return {
    acknowledged_by: by,
    acknowledged_by_id: caller?.subject ?? caller?.client_id ?? null,
    acknowledged_by_name: caller?.name ?? null,
    acknowledged_at: at,
    note,
  };
}
