import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { orderKey, refusal, type Table, transactionKey } from './table.ts';
import { readTransactionItem, type StoredTransaction, transactionItem } from './transaction-item.ts';

/** Whether a guarded write took place, found that another came before, or found its reason gone. */
export type GuardedWrite = 'written' | 'conflict' | 'order_moved';

/** Reads a transaction, all writes that were answered included; null where there is none. */
export async function readTransaction(table: Table, id: string): Promise<StoredTransaction | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: transactionKey(id), ConsistentRead: true }),
  );
  return Item ? readTransactionItem(Item) : null;
}

/** Holds while nobody wrote the transaction since it was read at revision `read` (null: there was none). */
function unmoved(read: number | null) {
  return read === null
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: '#revision = :read',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':read': read },
      };
}

/** An order, and every transaction its record named when it was read. */
export interface Membership {
  readonly id: string;
  readonly transactionIds: readonly string[];
}

/**
 * Writes a transaction on condition that it is as it was read, and that the records of the orders that enter it name no
 * other transactions than they did: whoever comes late with an old record must not bring an order in again that has
 * left.
 */
export async function writeTransaction(
  table: Table,
  next: StoredTransaction,
  read: number | null,
  entering: readonly Membership[] = [],
): Promise<GuardedWrite> {
  const put = { TableName: table.name, Item: transactionItem(next), ...unmoved(read) };
  // A provisional transaction is its order's only while that names none.
  const members = next.provisional ? [{ id: next.id, transactionIds: [] }] : entering;
  if (members.length > 0) return writeForMembers(table, members, put);
  try {
    await table.client.send(new PutCommand(put));
    return 'written';
  } catch (error) {
    refusal(error);
    return 'conflict';
  }
}

/** Writes while orders name just these transactions: the check is part of the write, so that no race gets between. */
async function writeForMembers(
  table: Table,
  members: readonly Membership[],
  put: { TableName: string; Item: Record<string, unknown>; ConditionExpression: string },
): Promise<GuardedWrite> {
  const checks = members.map((member) => ({
    ConditionCheck: { TableName: table.name, Key: orderKey(member.id), ...namesStill(member) },
  }));
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: [{ Put: put }, ...checks] }));
    return 'written';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [putReason, ...checkReasons] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (checkReasons.includes('ConditionalCheckFailed')) return 'order_moved';
    if (putReason === 'ConditionalCheckFailed' || isContention(error)) return 'conflict';
    throw error;
  }
}

/** Holds while an order's record names just these transactions. */
function namesStill({ transactionIds }: Membership) {
  return transactionIds.length === 0
    ? { ConditionExpression: 'attribute_not_exists(transaction_ids)' }
    : {
        ConditionExpression: 'transaction_ids = :named',
        ExpressionAttributeValues: { ':named': new Set(transactionIds) },
      };
}

function isContention(error: TransactionCanceledException): boolean {
  return (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict');
}

/** Deletes the provisional transaction of an order that has moved; does nothing where there is none. */
export async function deleteProvisional(table: Table, orderId: string): Promise<void> {
  try {
    await table.client.send(
      new DeleteCommand({
        TableName: table.name,
        Key: transactionKey(orderId),
        ConditionExpression: 'provisional = :yes',
        ExpressionAttributeValues: { ':yes': true },
      }),
    );
  } catch (error) {
    refusal(error);
  }
}

/** Deletes a transaction that lost its last order, on condition that it is as it was read. */
export async function deleteTransaction(table: Table, id: string, read: number): Promise<GuardedWrite> {
  try {
    await table.client.send(
      new DeleteCommand({ TableName: table.name, Key: transactionKey(id), ...unmoved(read) }),
    );
    return 'written';
  } catch (error) {
    refusal(error);
    return 'conflict';
  }
}
