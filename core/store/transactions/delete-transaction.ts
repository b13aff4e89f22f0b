import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Item, Table } from '../table.ts';
import { transactionKey } from '../table-layout.ts';
import { countingUpdates } from './counters.ts';
import { unchangedSince } from './transactions.ts';

/**
 * Deletes a transaction's item and removes it from its counter, on condition that its revision has not changed since it was
 * read.
 *
 * @returns whether it was deleted
 */
export async function deleteTransaction(table: Table, id: string, read: Item): Promise<boolean> {
  const Delete = { TableName: table.name, Key: transactionKey(id), ...unchangedSince(read) };
  const counting = countingUpdates(table, [{ id, from: read.counted, to: null }]);
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: [{ Delete }, ...counting] }));
    return true;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (codes.includes('ConditionalCheckFailed') || codes.includes('TransactionConflict')) return false;
    throw error;
  }
}
