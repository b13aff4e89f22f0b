import { marksAfter } from '../../domain/handling/marks-after.ts';
import type { TransactionMarks } from '../../domain/stored/stored-transaction.ts';
import { readEntries } from '../../store/handling/notes.ts';
import type { Table } from '../../store/table.ts';
import type { RebuildPart } from './rebuild-part.ts';

const PAGE = 100;

/**
 * The marks of a transaction that other items hold too: those of the capabilities, and what people did by its history. Of one that
 * was lost or is damaged, they are the only trace.
 */
export async function marksBeside(
  table: Table,
  parts: readonly RebuildPart[],
  id: string,
): Promise<Partial<TransactionMarks>> {
  const [handling, ...others] = await Promise.all([
    marksInHistory(table, id),
    ...parts.map((part) => part.marksOf(table, id)),
  ]);
  return Object.assign({}, ...others, handling);
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
