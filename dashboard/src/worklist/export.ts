import { dueStatusOf } from '../redraw/due-status.ts';
import { hasRedraw } from '../redraw/open-redraw.ts';
import type { CsvOptions } from '../session/configuration-context.tsx';
import { type CsvRow, saveCsv } from '../table/csv.ts';
import { csvRow } from '../transaction-list/csv-row.ts';
import type { WorkRow } from './rows.ts';

/** Saves the rows of the worklist. Transactions have the columns of the other exports. @param now in ms since 1970 */
export function exportRows(rows: readonly WorkRow[], now: number, options: CsvOptions): void {
  void saveCsv('worklist', workCsv(rows, now, options));
}

/** Every row has the columns of all: the first row decides which ones the file has. */
export function workCsv(rows: readonly WorkRow[], now: number, options: CsvOptions): CsvRow[] {
  const each = rows.map((row) => workCsvRow(row, now, options));
  const empty = Object.fromEntries(each.flatMap((row) => Object.keys(row)).map((name) => [name, null]));
  return each.map((row) => ({ ...empty, ...row }));
}

function workCsvRow(row: WorkRow, now: number, options: CsvOptions): CsvRow {
  const { type, what, why, transaction, assignment, contact } = row;
  const own = { type, what_to_do: what, why: why.text };
  if (transaction) {
    const due_status = hasRedraw(transaction) ? dueStatusOf(transaction, now) : null;
    return { ...own, ...csvRow(transaction, options), due_status };
  }
  return {
    ...own,
    transaction_id: row.transactionId,
    initial_order_id: row.orderId,
    user_id: row.userId,
    client_user_id: row.clientUserId,
    lab_test: row.test || null,
    next_step: row.nextStep?.situation ?? null,
    next_step_cause: row.nextStep?.cause ?? null,
    owner: assignment?.assignee ?? null,
    follow_up_at: assignment?.follow_up_at ?? null,
    last_contact: contact?.kind ?? null,
    last_contact_at: contact?.at ?? null,
  };
}
