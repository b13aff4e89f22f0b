import { TransactGetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CountedClass } from '../../domain/transaction/counts.ts';
import { type Item, refusal, type Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';
import { readItems } from './index-pages.ts';

/**
 * Counters change in the same write as the transaction that they count, and each transaction's item names its counter. So
 * every transaction is counted exactly once, however often a write is retried. A new generation starts at zero and fills as
 * items are rewritten; a rebuild rewrites all of them.
 */
const GENERATION = 1;

/** Sharding keeps the writers of transactions from conflicting on one counter. */
export const SHARDS = 16;

/** Counts the writes of a shard's item, so that a recount detects concurrent changes. */
const WRITES = 'writes';

const counterKey = (shard: number) => itemKey('COUNTERS', `${GENERATION}#${shard}`);

/** The name of the counter of a class, which is also stored in the transaction's item. */
export function counterOf({
  status,
  outcome,
  redraw,
  needs_decision,
  stalled,
  team_id,
  could_not_be_reached,
}: CountedClass): string {
  return `${GENERATION}${JSON.stringify([status, outcome, redraw, needs_decision, stalled, team_id, could_not_be_reached])}`;
}

/** A transaction that moves from one counter to another; null for none. */
export interface CounterChange {
  readonly id: string;
  readonly from: unknown;
  readonly to: string | null;
}

/** The updates of the counters when transactions move between them: one per affected shard. */
export function countingUpdates(table: Table, changes: readonly CounterChange[]) {
  const shards = new Map<number, Map<string, number>>();
  for (const { id, from, to } of changes) {
    const left = typeof from === 'string' && from.startsWith(`${GENERATION}[`) ? from : null;
    if (left === to) continue;
    const counts = shards.get(shardOf(id)) ?? new Map<string, number>();
    if (left !== null) counts.set(left, (counts.get(left) ?? 0) - 1);
    if (to !== null) counts.set(to, (counts.get(to) ?? 0) + 1);
    shards.set(shardOf(id), counts);
  }
  return [...shards].map(([shard, counts]) => ({ Update: shardUpdate(table, shard, [...counts]) }));
}

function shardUpdate(table: Table, shard: number, counts: readonly (readonly [name: string, by: number])[]) {
  const additions = counts.map((_, index) => `#counter${index} :by${index}`);
  return {
    TableName: table.name,
    Key: counterKey(shard),
    UpdateExpression: `ADD ${['#writes :one', ...additions].join(', ')}`,
    ExpressionAttributeNames: {
      '#writes': WRITES,
      ...Object.fromEntries(counts.map(([name], index) => [`#counter${index}`, name])),
    },
    ExpressionAttributeValues: {
      ':one': 1,
      ...Object.fromEntries(counts.map(([, by], index) => [`:by${index}`, by])),
    },
  };
}

/** All counts. The number of reads is the number of shards, regardless of the number of transactions. */
export async function readCounts(table: Table): Promise<[CountedClass, number][]> {
  const items = await readItems(
    table,
    Array.from({ length: SHARDS }, (_, shard) => counterKey(shard)),
  );
  return items.flatMap((item) =>
    countersIn(item).map(([name, count]): [CountedClass, number] => [classOf(name), count]),
  );
}

/** The counters of this generation in a shard's item. */
function countersIn(item: Item): [name: string, count: number][] {
  return Object.entries(item).flatMap(([name, count]) =>
    name.startsWith(`${GENERATION}[`) ? [[name, Number(count)]] : [],
  );
}

/** The shard that counts a transaction. */
export function shardOf(id: string): number {
  return Number.parseInt(id.slice(0, 4), 16) % SHARDS;
}

/** The counts of a shard after a number of writes. */
export interface CounterShard {
  readonly writes: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** All shards in one transactional read. */
export async function readShards(table: Table): Promise<CounterShard[]> {
  const { Responses = [] } = await table.client.send(
    new TransactGetCommand({
      TransactItems: Array.from({ length: SHARDS }, (_, shard) => ({
        Get: { TableName: table.name, Key: counterKey(shard) },
      })),
    }),
  );
  return Responses.map(({ Item = {} }) => ({
    writes: Number(Item[WRITES] ?? 0),
    counts: new Map(countersIn(Item)),
  }));
}

/**
 * Corrects counters of a shard, on condition that it has not changed since it was read.
 *
 * @returns whether it was written
 */
export async function correctShard(
  table: Table,
  shard: number,
  { writes }: CounterShard,
  right: ReadonlyMap<string, number>,
): Promise<boolean> {
  const counters = [...right].map(([name, count], index) => ({ name, count, place: String(index) }));
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: counterKey(shard),
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

function classOf(counter: string): CountedClass {
  const [status, outcome, redraw, needs_decision, stalled, team_id, could_not_be_reached] = JSON.parse(
    counter.slice(counter.indexOf('[')),
  ) as unknown[];
  return { status, outcome, redraw, needs_decision, stalled, team_id, could_not_be_reached } as CountedClass;
}
