import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/instant.ts';
import { refusal, type Table } from './table.ts';
import { itemKey } from './table-layout.ts';

/** One pass over the orders that Junction has changed since a certain time. */
export interface UpdatesPass {
  readonly started_at: Instant;
  readonly since: Instant;
  /** The page to read next, from 1. */
  readonly page: number;
}

/** How far the polls of changed orders have read. */
export interface UpdatesMark {
  /** Counts the writes of the mark. */
  readonly revision: number;
  /** The time up to which every change was read; null before the end of the first pass. */
  readonly through: Instant | null;
  /** The current pass; null between passes. */
  readonly pass: UpdatesPass | null;
}

const NO_MARK: UpdatesMark = { revision: 0, through: null, pass: null };

const markKey = itemKey('MARK', 'updates');

export async function readUpdatesMark(table: Table): Promise<UpdatesMark> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: markKey, ConsistentRead: true }),
  );
  if (!Item) return NO_MARK;
  const { revision, through, pass } = Item as unknown as UpdatesMark;
  return { revision, through, pass };
}

/** Moves the mark on condition that it has not moved since it was read; null if it has. */
export async function moveUpdatesMark(
  table: Table,
  read: UpdatesMark,
  to: Omit<UpdatesMark, 'revision'>,
): Promise<UpdatesMark | null> {
  const next = { ...to, revision: read.revision + 1 };
  try {
    await table.client.send(
      new PutCommand({
        TableName: table.name,
        Item: { ...markKey, ...next },
        ConditionExpression: 'attribute_not_exists(#revision) OR #revision = :read',
        ExpressionAttributeNames: { '#revision': 'revision' },
        ExpressionAttributeValues: { ':read': read.revision },
      }),
    );
    return next;
  } catch (error) {
    refusal(error);
    return null;
  }
}
