import { unchangedSince, writeTogether } from '../guarded-writes.ts';
import { insightUpdates } from '../insights/insight-items.ts';
import type { Item, Table } from '../table.ts';
import { transactionKey } from '../table-layout.ts';
import { countingUpdates } from './counters.ts';

/**
 * Deletes a transaction's item and removes it from its counter and the insights, on condition that its revision has not changed since it was
 * read. Only the rebuild may (lib/storage/table-permissions.ts).
 *
 * @returns whether it was deleted
 */
export async function deleteTransaction(table: Table, id: string, read: Item): Promise<boolean> {
  const Delete = { TableName: table.name, Key: transactionKey(id), ...unchangedSince(read) };
  const counting = countingUpdates(table, [{ id, from: read.counted, to: null }]);
  const insights = insightUpdates(table, [{ id, from: read.insight, to: null }]);
  return (await writeTogether(table, [{ Delete }, ...counting, ...insights])) === 'written';
}
