import { TransactGetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CountedClass } from '../domain/transaction/counts.ts';
import { readItems } from './index-pages.ts';
import { type Item, refusal, type Table } from './table.ts';

/**
 * Counts are kept in the write that changes what they count, and each transaction's item says as what it is counted:
 * so nothing is counted twice or forgotten, however often a write is tried. A new generation starts from nothing and
 * fills as items are written anew, which a rebuild does to all of them.
 */
const GENERATION = 1;

/** Counters that many transactions share would make their writers wait for one another. */
const SHARDS = 16;

/** Counts the writes of a shard's item, so that a recount can tell that nothing was counted meanwhile. */
const WRITES = 'writes';

const counterKey = (shard: number) => ({ pk: `COUNTERS#${GENERATION}#${shard}`, sk: 'COUNTERS' });

/** As what a transaction is counted, as its item keeps it; also the name of the counter. */
export function counterOf({ status, outcome, redraw, team_id }: CountedClass): string {
  return `${GENERATION}${JSON.stringify([status, outcome, redraw, team_id])}`;
}

/** A transaction that goes from one counter to another; null: to or from none. */
export interface CounterChange {
  readonly id: string;
  readonly from: unknown;
  readonly to: string | null;
}

/** What keeps the counters true when transactions go from one to another: one update for each shard concerned. */
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

/** Every count there is, in as many reads as there are shards: however many transactions there are. */
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

/** What a shard counts, as of some number of writes. */
export interface CounterShard {
  readonly writes: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Every shard, at one moment at which no write that counts is half done. */
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

/** Sets counters of a shard right, on condition that nothing was counted since it was read. Gives whether it did. */
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
  const [status, outcome, redraw, team_id] = JSON.parse(counter.slice(counter.indexOf('['))) as unknown[];
  return { status, outcome, redraw, team_id } as CountedClass;
}
