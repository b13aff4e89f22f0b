import { GetCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import {
  type HeldTransaction,
  isEmptied,
  type StoredTransaction,
} from '../../domain/stored/stored-transaction.ts';
import { type GuardedWrite, putGuarded, unchangedSince, writeTogether } from '../guarded-writes.ts';
import { causeOf, type Table } from '../table.ts';
import { transactionKey } from '../table-layout.ts';
import { readHeldItem, transactionItem } from './transaction-item.ts';

type TransactItems = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Reads a transaction consistently, also an emptied one; null if there never was one. */
export async function readHeld(table: Table, id: string): Promise<HeldTransaction | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: transactionKey(id), ConsistentRead: true }),
  );
  return Item ? readHeldItem(Item) : null;
}

/** Reads a transaction consistently; null if there is none or it was emptied. */
export async function readTransaction(table: Table, id: string): Promise<StoredTransaction | null> {
  const held = await readHeld(table, id);
  return held && !isEmptied(held) ? held : null;
}

/** A transaction to write, and its state when it was read. */
export interface TransactionWrite {
  readonly next: HeldTransaction;
  /** Null if there was none. Only its revision counts, so it can be an item that is damaged. */
  readonly read: { readonly revision?: unknown } | null;
}

/**
 * Writes a transaction, on condition that it has not changed since it was read.
 *
 * @param more items of other kinds to write in the same request, each on its own condition
 */
export function writeTransaction(
  table: Table,
  next: HeldTransaction,
  read: TransactionWrite['read'],
  more: TransactItems = [],
): Promise<GuardedWrite> {
  return writeTransactions(table, [{ next, read }], [], more);
}

/** A transaction that was read and is not written; null if there was none. */
export interface TransactionRead {
  readonly id: string;
  readonly read: HeldTransaction | null;
}

/**
 * Writes several transactions atomically, on condition that none of them, nor of the transactions in `unchanged`, has changed
 * since it was read.
 */
export async function writeTransactions(
  table: Table,
  writes: readonly TransactionWrite[],
  unchanged: readonly TransactionRead[] = [],
  more: TransactItems = [],
): Promise<GuardedWrite> {
  const puts = writes.map(({ next, read }) => ({
    Put: {
      TableName: table.name,
      Item: { ...transactionItem(next), ...causeOf(table) },
      ...unchangedSince(read),
    },
  }));
  const checks = unchanged.map(({ id, read }) => ({
    ConditionCheck: { TableName: table.name, Key: transactionKey(id), ...unchangedSince(read) },
  }));
  const [first, ...others] = puts;
  const beside = [...checks, ...more];
  // The replaced item says whether the transaction leaves a list: ChangeMarks.
  if (first && others.length + beside.length === 0)
    return putGuarded(table, { ...first.Put, ReturnValues: 'ALL_OLD' });
  return writeTogether(table, [...puts, ...beside]);
}
