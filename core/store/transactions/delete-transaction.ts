import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { unchangedSince } from '../guarded-writes.ts';
import { type Item, refusal, type Table } from '../table.ts';
import { transactionKey } from '../table-layout.ts';

/**
 * Deletes a transaction's item, on condition that its revision has not changed since it was read. Only the rebuild may
 * (lib/storage/table-permissions.ts).
 *
 * @returns whether it was deleted
 */
export async function deleteTransaction(table: Table, id: string, read: Item): Promise<boolean> {
  try {
    await table.client.send(
      new DeleteCommand({ TableName: table.name, Key: transactionKey(id), ...unchangedSince(read) }),
    );
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}
