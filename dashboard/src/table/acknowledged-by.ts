import type { Redraw } from '../api/answers.ts';
import type { CsvRow } from './csv.ts';

/** The columns of an export that say who acknowledged a redraw. */
export function acknowledgedBy(acknowledgement: Redraw['acknowledgement'] | undefined): CsvRow {
  const { by = null, caller } = acknowledgement ?? {};
  return { acknowledged_by: by, acknowledged_by_id: caller?.subject ?? caller?.client_id ?? null };
}
