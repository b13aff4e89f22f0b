import { createHash } from 'node:crypto';
import { GetCommand, QueryCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Caller, callerId } from '../../domain/caller.ts';
import { caller } from '../../domain/caller-schema.ts';
import { HISTORY_KINDS, type HistoryEntry } from '../../domain/handling/history-entry.ts';
import { expiryOf } from '../../domain/retention.ts';
import { readAttributes, readEach } from '../damaged-items.ts';
import { storedTime, storedTimeOrNull } from '../stored-times.ts';
import type { Item, Table } from '../table.ts';
import { TIME_TO_LIVE } from '../table-layout.ts';
import type { PageRequest } from '../transactions/index-pages.ts';

/** The partition of the history of a transaction. */
const notePartition = (transactionId: string) => `NOTE#${transactionId}`;

/** Sort keys of entries begin with a time, which sorts before `KEY#`, the prefix of request marks. */
const AFTER_ENTRIES = 'K';

/** The sort key: by time, then in the order of the writes, which the id counts. */
function placeOf({ at, id, transaction_id }: HistoryEntry): string {
  const revision = id.slice(id.lastIndexOf(':') + 1);
  return `${at}#${revision.padStart(16, '0')}#${transaction_id}`;
}

/** A request that a client may repeat. */
export interface RepeatableRequest {
  readonly caller: Caller;
  /** The caller's idempotency key. */
  readonly key: string;
  /** What the request says. */
  readonly digest: string;
}

type Writes = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Appends an entry, and the record that detects a repeated request. */
export function appending(table: Table, entry: HistoryEntry, request?: RepeatableRequest): Writes {
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const put = (Item: Item) => ({ Put: { TableName: table.name, Item, ...isNew } });
  return [put(entryItem(entry)), ...(request ? [put(requestItem(entry, request))] : [])];
}

function entryItem(entry: HistoryEntry): Item {
  const { transaction_id, ...attributes } = entry;
  return { pk: notePartition(transaction_id), sk: placeOf(entry), ...attributes };
}

function requestItem(entry: HistoryEntry, request: RepeatableRequest): Item {
  return {
    ...requestKey(entry.transaction_id, request),
    place: placeOf(entry),
    digest: request.digest,
    [TIME_TO_LIVE]: expiryOf('request_key', entry.at),
  };
}

/** Keys are scoped to the caller. */
function requestKey(transactionId: string, { caller, key }: Pick<RepeatableRequest, 'caller' | 'key'>) {
  const hash = createHash('sha256')
    .update(JSON.stringify([callerId(caller), key]))
    .digest('base64url');
  return { pk: notePartition(transactionId), sk: `KEY#${hash}` };
}

/** What an earlier request with the same key appended; null if there was none. */
export async function readRepeated(
  table: Table,
  transactionId: string,
  request: Pick<RepeatableRequest, 'caller' | 'key'>,
): Promise<{ readonly entry: HistoryEntry; readonly digest: string } | null> {
  const known = await readItem(table, requestKey(transactionId, request));
  if (!known) return null;
  const item = await readItem(table, { pk: notePartition(transactionId), sk: String(known.place) });
  return item && { entry: readEntry(item), digest: String(known.digest) };
}

async function readItem(table: Table, Key: { pk: string; sk: string }): Promise<Item | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key, ConsistentRead: true }),
  );
  return Item ?? null;
}

/** A page of the history of several transactions together, newest first, and the place of the next page; null at the end. */
export async function readEntries(
  table: Table,
  transactionIds: readonly string[],
  request: PageRequest,
): Promise<{ entries: HistoryEntry[]; next: string | null }> {
  const found = await Promise.all(transactionIds.map((id) => newestOf(table, id, request)));
  const all = found.flat().sort((one, other) => (String(one.sk) < String(other.sk) ? 1 : -1));
  const page = all.slice(0, request.limit);
  const last = page.at(-1);
  return {
    entries: readEach(table, page, readEntry),
    next: last && all.length > page.length ? String(last.sk) : null,
  };
}

async function newestOf(table: Table, id: string, { limit, after }: PageRequest): Promise<Item[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk AND sk < :after',
      ExpressionAttributeValues: { ':pk': notePartition(id), ':after': after ?? AFTER_ENTRIES },
      ConsistentRead: true,
      ScanIndexForward: false,
      // One more entry than requested shows whether another page follows.
      Limit: limit + 1,
    }),
  );
  return Items;
}

const entrySchema = z.object({
  id: z.string(),
  kind: z.enum(HISTORY_KINDS),
  text: z.nullable(z.string()),
  assignee: z.nullable(z.string()),
  follow_up_at: storedTimeOrNull,
  withdraws: z.nullable(z.string()),
  progress: z.nullable(z.string()),
  by: z.string(),
  at: storedTime,
  caller,
  team_id: z.nullable(z.string()),
});

/**
 * Reads an entry from its item.
 *
 * @throws DamagedItem if the item cannot be read as an entry
 */
export const readEntry = (item: Item): HistoryEntry => readAttributes(item, entryIn);

function entryIn({ pk, ...item }: Item): HistoryEntry {
  return { ...entrySchema.parse(item), transaction_id: String(pk).slice('NOTE#'.length) };
}
