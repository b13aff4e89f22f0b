import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  PutCommand,
  type PutCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type Item, refusal, type Table } from './table.ts';

/** Whether a conditional write succeeded, or lost to another writer. */
export type GuardedWrite = 'written' | 'conflict';

/**
 * The condition that an item has not been written since it was read.
 *
 * @param read null if there was none
 */
export function unchangedSince(read: { readonly revision?: unknown } | null) {
  if (read === null) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { revision } = read;
  const names = { ExpressionAttributeNames: { '#revision': 'revision' } };
  if (revision === undefined) return { ConditionExpression: 'attribute_not_exists(#revision)', ...names };
  return {
    ConditionExpression: '#revision = :read',
    ...names,
    ExpressionAttributeValues: { ':read': revision },
  };
}

/** Puts an item on a condition. */
export async function putGuarded(table: Table, put: PutCommandInput): Promise<GuardedWrite> {
  try {
    await table.client.send(new PutCommand(put));
    return 'written';
  } catch (error) {
    refusal(error);
    return 'conflict';
  }
}

/**
 * Puts an item with its next revision, on condition that it has not been written since it was read.
 *
 * @param read null if there was none
 * @returns the revision; null if another writer was first
 */
export async function putNextRevision(
  table: Table,
  item: Item,
  read: { readonly revision: number } | null,
): Promise<number | null> {
  const revision = (read?.revision ?? 0) + 1;
  const put = { TableName: table.name, Item: { ...item, revision }, ...unchangedSince(read) };
  return (await putGuarded(table, put)) === 'written' ? revision : null;
}

/** Writes items atomically, each on its own condition. */
export async function writeTogether(
  table: Table,
  TransactItems: NonNullable<TransactWriteCommandInput['TransactItems']>,
): Promise<GuardedWrite> {
  try {
    await table.client.send(new TransactWriteCommand({ TransactItems }));
    return 'written';
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
    if (codes.includes('ConditionalCheckFailed') || codes.includes('TransactionConflict')) return 'conflict';
    throw error;
  }
}
