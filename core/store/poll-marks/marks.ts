import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { readAttributes, unlessDamaged } from '../damaged-items.ts';
import { putNextRevision } from '../guarded-writes.ts';
import type { Table } from '../table.ts';
import type { markKey } from './mark-key.ts';

/** The progress of a repeated task. */
export interface Mark {
  /** Counts the writes of the mark. */
  readonly revision: number;
}

/** The revision of a stored mark. */
export const storedRevision = z.int().check(z.positive());

/**
 * Reads a mark consistently; null if there is none.
 *
 * @throws DamagedItem if the mark does not have the form
 */
export async function readMark<Read>(
  table: Table,
  key: ReturnType<typeof markKey>,
  form: z.ZodMiniType<Read>,
): Promise<Read | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }),
  );
  return Item ? readAttributes(Item, (item) => form.parse(item)) : null;
}

/** The same for a task that can start over: `none` if there is no mark, and in place of a damaged one, which is reported. */
export async function readMarkOrStartOver<Read extends Mark>(
  table: Table,
  key: ReturnType<typeof markKey>,
  form: z.ZodMiniType<Read>,
  none: Read,
): Promise<Read> {
  const read = await unlessDamaged(table, async () => (await readMark(table, key, form)) ?? none);
  if (read) return read;
  const first = { ...none, revision: 1 };
  await table.client.send(new PutCommand({ TableName: table.name, Item: { ...key, ...first } }));
  return first;
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
