import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import { wholeNumbers } from '../damaged-items.ts';
import type { Item, Table } from '../table.ts';
import type { ItemKey } from '../table-layout.ts';

/**
 * An item with counters, one attribute each. The outbox adds to them after it has published a change. So they lag behind the
 * transactions as far as the stream does, and a change that is processed twice counts twice, until the next recount.
 */
export interface CountingItem {
  readonly key: ItemKey;
  readonly counts: ReadonlyMap<string, number>;
  /** When a recount last corrected it; null if none did. */
  readonly countedAt: Instant | null;
}

const COUNTED_AT = 'counted_at';
const NOT_COUNTS = ['pk', 'sk', COUNTED_AT];

/** Adds to the counters of an item, and stores when they were counted if that is given. */
export async function addCounts(
  table: Table,
  Key: ItemKey,
  counts: ReadonlyMap<string, number>,
  countedAt?: Instant,
): Promise<void> {
  const all = [...counts].map(([name, by], index) => ({ name, by, place: String(index) }));
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key,
      UpdateExpression: [
        ...(all.length > 0 ? [`ADD ${all.map(({ place }) => `#c${place} :c${place}`).join(', ')}`] : []),
        ...(countedAt === undefined ? [] : ['SET #at = :at']),
      ].join(' '),
      ExpressionAttributeNames: {
        ...Object.fromEntries(all.map(({ name, place }) => [`#c${place}`, name])),
        ...(countedAt !== undefined && { '#at': COUNTED_AT }),
      },
      ExpressionAttributeValues: {
        ...Object.fromEntries(all.map(({ by, place }) => [`:c${place}`, by])),
        ...(countedAt !== undefined && { ':at': countedAt }),
      },
    }),
  );
}

/**
 * Reads an item; one that was never written counts nothing.
 *
 * @param ConsistentRead costs twice as much. What is only shown lags anyway.
 */
export async function readCountingItem(
  table: Table,
  Key: ItemKey,
  ConsistentRead = true,
): Promise<CountingItem> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key, ConsistentRead }));
  return countingItemIn(table, { ...Key, ...Item });
}

/** The items of a partition whose sort keys begin with `start`. */
export async function queryCountingItems(table: Table, pk: string, start: string): Promise<CountingItem[]> {
  const items: CountingItem[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        ConsistentRead: true,
        KeyConditionExpression: start === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :start)',
        ExpressionAttributeValues: { ':pk': pk, ...(start !== '' && { ':start': start }) },
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) items.push(countingItemIn(table, item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

function countingItemIn(table: Table, item: Item): CountingItem {
  const counters = Object.entries(item).filter(([name]) => !NOT_COUNTS.includes(name));
  const { pk, sk, [COUNTED_AT]: countedAt } = item;
  return {
    key: { pk: String(pk), sk: String(sk) },
    counts: new Map(wholeNumbers(table, item, counters)),
    countedAt: typeof countedAt === 'string' ? countedAt : null,
  };
}
