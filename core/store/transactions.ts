import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DeleteCommandInput,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { countingUpdates } from './counters.ts';
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

/** What a guarded write needs of a transaction as it was read; null where there was none. */
export type AsRead = Pick<StoredTransaction, 'revision' | 'born' | 'counted'> | null;

/**
 * Holds while nobody wrote the transaction since it was read, whatever stood there: nor has it gone and come again,
 * which begins its revisions anew.
 */
export function unmoved(read: { readonly revision?: unknown; readonly born?: unknown } | null) {
  if (read === null) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { revision, born } = read;
  const clauses = [
    revision === undefined ? 'attribute_not_exists(#revision)' : '#revision = :read',
    born === undefined ? 'attribute_not_exists(#born)' : '#born = :born',
  ];
  const values = {
    ...(revision === undefined ? {} : { ':read': revision }),
    ...(born === undefined ? {} : { ':born': born }),
  };
  return {
    ConditionExpression: clauses.join(' AND '),
    ExpressionAttributeNames: { '#revision': 'revision', '#born': 'born' },
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
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
 * left. Where it counts as something else than before, the counters change in the same write.
 */
export async function writeTransaction(
  table: Table,
  next: StoredTransaction,
  read: AsRead,
  entering: readonly Membership[] = [],
): Promise<GuardedWrite> {
  const put = { TableName: table.name, Item: transactionItem(next), ...unmoved(read) };
  // A provisional transaction is its order's only while that names none.
  const members = next.provisional ? [{ id: next.id, transactionIds: [] }] : entering;
  const counting = countingUpdates(table, next.id, read?.counted ?? null, next.counted ?? null);
  if (members.length + counting.length > 0) return writeTogether(table, { Put: put }, members, counting);
  try {
    await table.client.send(new PutCommand(put));
    return 'written';
  } catch (error) {
    refusal(error);
    return 'conflict';
  }
}

/**
 * Changes a transaction's item while orders name just these transactions, and what it counts as: all of it or nothing,
 * so that no race gets between.
 */
async function writeTogether(
  table: Table,
  change: { Put: PutCommandInput } | { Delete: DeleteCommandInput },
  members: readonly Membership[],
  counting: ReturnType<typeof countingUpdates>,
): Promise<GuardedWrite> {
  const checks = members.map((member) => ({
    ConditionCheck: { TableName: table.name, Key: orderKey(member.id), ...namesStill(member) },
  }));
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems: [change, ...checks, ...counting] }));
    return 'written';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const [changeReason, ...checkReasons] = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (checkReasons.includes('ConditionalCheckFailed')) return 'order_moved';
    if (changeReason === 'ConditionalCheckFailed' || isContention(error)) return 'conflict';
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
export async function deleteProvisional(table: Table, orderId: string): Promise<GuardedWrite> {
  const stored = await readTransaction(table, orderId);
  return stored?.provisional ? deleteTransaction(table, orderId, stored) : 'written';
}

/** Deletes a transaction that lost its last order, on condition that it is as it was read. */
export async function deleteTransaction(
  table: Table,
  id: string,
  read: Exclude<AsRead, null>,
): Promise<GuardedWrite> {
  const Delete = { TableName: table.name, Key: transactionKey(id), ...unmoved(read) };
  const counting = countingUpdates(table, id, read.counted ?? null, null);
  if (counting.length > 0) return writeTogether(table, { Delete }, [], counting);
  try {
    await table.client.send(new DeleteCommand(Delete));
    return 'written';
  } catch (error) {
    refusal(error);
    return 'conflict';
  }
}
