import { dueStatusOf } from '../../redraw/due-status.ts';
import type { WithRedraw } from '../../redraw/open-redraw.ts';
import type { CsvOptions } from '../../session/configuration-context.tsx';
import type { CsvRow } from '../../table/csv.ts';
import { csvRow } from '../../transaction-list/csv-row.ts';

/** An open redraw as a CSV row: the columns of every transaction, and `due_status`, which depends on the time of the export. */
export function redrawCsvRow(transaction: WithRedraw, now: number, options: CsvOptions): CsvRow {
  return { ...csvRow(transaction, options), due_status: dueStatusOf(transaction, now) };
}
