import { toldOf } from '../../../capabilities/messages/rules/told.ts';
import { listMessages } from '../../../capabilities/messages/store/messages.ts';
import { marksAfter } from '../../domain/handling/marks-after.ts';
import type { TransactionMarks } from '../../domain/transaction/stored-transaction.ts';
import { readEntries } from '../../store/handling/notes.ts';
import type { Table } from '../../store/table.ts';

const PAGE = 100;

/**
 * The marks of a transaction that other items hold too: its last message, and what people did by its history. Of one that was
 * lost or is damaged, they are the only trace.
 */
export async function marksBeside(table: Table, id: string): Promise<Partial<TransactionMarks>> {
  const [told, handling] = await Promise.all([
    toldOf(await listMessages(table, id)),
    marksInHistory(table, id),
  ]);
  return { ...(told && { told }), ...handling };
}

async function marksInHistory(table: Table, id: string): Promise<ReturnType<typeof marksAfter>> {
  let marks: ReturnType<typeof marksAfter> = {};
  let after: string | null = null;
  do {
    const { entries, next } = await readEntries(table, [id], { limit: PAGE, after });
    // A newer page says more than an older one.
    marks = { ...marksAfter(entries), ...marks };
    after = next;
  } while (after !== null && !(marks.assignment && marks.contact));
  return marks;
}
