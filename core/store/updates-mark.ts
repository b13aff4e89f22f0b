import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/instant.ts';
import { refusal, type Table } from './table.ts';

/** A walk through the orders that Junction changed since a time. */
export interface UpdatesPass {
  readonly started_at: Instant;
  readonly since: Instant;
  /** The page to read next, from 1. */
  readonly page: number;
}

/** How far the changes of orders have been looked through. */
export interface UpdatesMark {
  /** Counts the writes of the mark. */
  readonly revision: number;
  /** Until when every change was seen; null before the first pass has ended. */
  readonly through: Instant | null;
  /** The pass that is under way; null between two. */
  readonly pass: UpdatesPass | null;
}

const NOTHING_SEEN: UpdatesMark = { revision: 0, through: null, pass: null };

const markKey = { pk: 'MARK#updates', sk: 'MARK' };

export async function readUpdatesMark(table: Table): Promise<UpdatesMark> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: markKey, ConsistentRead: true }),
  );
  if (!Item) return NOTHING_SEEN;
  const { revision, through, pass } = Item as unknown as UpdatesMark;
  return { revision, through, pass };
}

/** Moves the mark on from where it was read; null where somebody else has moved it meanwhile. */
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
