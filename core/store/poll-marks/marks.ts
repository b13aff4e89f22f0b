import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { putNextRevision } from '../guarded-writes.ts';
import type { Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';

/** The progress of a repeated task. */
export interface Mark {
  /** Counts the writes of the mark. */
  readonly revision: number;
}

/** The key of a task's mark. */
export const markKey = (task: 'updates' | 'draws' | 'reviews' | 'restore' | 'subscribers' | 'clocks') =>
  itemKey('MARK', task);

/** Reads a mark consistently, as it was stored; null if there is none. */
export async function readMark(table: Table, key: ReturnType<typeof markKey>): Promise<unknown> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item ?? null;
}

/** Moves a mark on condition that it has not moved since it was read; null if it has. Undefined fields are not stored. */
export async function moveMark<To extends object>(
  table: Table,
  key: ReturnType<typeof markKey>,
  read: Mark,
  to: To,
): Promise<(To & Mark) | null> {
  const stored = read.revision === 0 ? null : read;
  const revision = await putNextRevision(table, { ...key, ...to }, stored);
  return revision === null ? null : { ...to, revision };
}
