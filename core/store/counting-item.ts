import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Item, refusal, type Table } from './table.ts';

/**
 * An item that counts transactions. It changes in the same write as the transaction that it counts, and the transaction's item
 * says as what it is counted. So every transaction is counted exactly once, however often a write is retried.
 */
export interface CountingItem {
  readonly key: Readonly<{ pk: string; sk: string }>;
  /** How often it was written, so that a recount detects concurrent changes. */
  readonly writes: number;
  readonly counts: ReadonlyMap<string, number>;
}

const WRITES = 'writes';
const NOT_COUNTS = new Set(['pk', 'sk', WRITES]);

/** Reads a counting item; one that was never written counts nothing. */
export function readCountingItem(key: CountingItem['key'], item: Item = {}): CountingItem {
  const counts = Object.entries(item).filter(([name]) => !NOT_COUNTS.has(name));
  return {
    key,
    writes: Number(item[WRITES] ?? 0),
    counts: new Map(counts.map(([name, count]) => [name, Number(count)])),
  };
}

/** The update that adds to the counts of an item, as part of a transaction. */
export function addition(
  table: Table,
  Key: CountingItem['key'],
  counts: readonly (readonly [name: string, by: number])[],
) {
  const additions = counts.map((_, index) => `#counter${index} :by${index}`);
  return {
    Update: {
      TableName: table.name,
      Key,
      UpdateExpression: `ADD ${['#writes :one', ...additions].join(', ')}`,
      ExpressionAttributeNames: {
        '#writes': WRITES,
        ...Object.fromEntries(counts.map(([name], index) => [`#counter${index}`, name])),
      },
      ExpressionAttributeValues: {
        ':one': 1,
        ...Object.fromEntries(counts.map(([, by], index) => [`:by${index}`, by])),
      },
    },
  };
}

/**
 * Corrects counts of an item, on condition that it has not changed since it was read.
 *
 * @returns whether it was written
 */
export async function correctCounts(
  table: Table,
  { key, writes }: CountingItem,
  right: ReadonlyMap<string, number>,
): Promise<boolean> {
  const counters = [...right].map(([name, count], index) => ({ name, count, place: String(index) }));
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: `SET ${counters.map(({ place }) => `#c${place} = :c${place}`).join(', ')} ADD #writes :one`,
        ConditionExpression: writes === 0 ? 'attribute_not_exists(#writes)' : '#writes = :read',
        ExpressionAttributeNames: {
          '#writes': WRITES,
          ...Object.fromEntries(counters.map(({ name, place }) => [`#c${place}`, name])),
        },
        ExpressionAttributeValues: {
          ':one': 1,
          ...(writes === 0 ? {} : { ':read': writes }),
          ...Object.fromEntries(counters.map(({ count, place }) => [`:c${place}`, count])),
        },
      }),
    );
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}
