import { dueStatusOf } from '../../redraw/due-status.ts';
import type { WithRedraw } from '../../redraw/open-redraw.ts';
import type { CsvRow } from '../../table/csv.ts';
import { csvRow } from '../../transaction-list/csv-row.ts';

/**
 * An open redraw as a CSV row: the columns of every transaction, and `due_status`, which depends on the time of the export.
 *
 * @param messages whether patients get messages
 */
export function redrawCsvRow(transaction: WithRedraw, now: number, messages: boolean): CsvRow {
  return { ...csvRow(transaction, messages), due_status: dueStatusOf(transaction, now) };
}
