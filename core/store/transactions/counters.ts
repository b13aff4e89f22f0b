import { TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { CountedClass } from '../../domain/transaction/counts.ts';
import { addition, type CountingItem, readCountingItem } from '../counting-item.ts';
import { wholeNumbers } from '../damaged-items.ts';
import type { Item, Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';
import { readItems } from './index-pages.ts';

/** A new generation starts at zero and fills as items are rewritten; a rebuild rewrites all of them. */
const GENERATION = 1;

/** Sharding keeps the writers of transactions from conflicting on one counter. */
export const SHARDS = 16;

type Key = CountingItem['key'];

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
  return [...shards].map(([shard, counts]) => addition(table, counterKey(shard), [...counts]));
}

/** All counts. The number of reads is the number of shards, regardless of the number of transactions. */
export async function readCounts(table: Table): Promise<[CountedClass, number][]> {
  const items = await readItems(
    table,
    Array.from({ length: SHARDS }, (_, shard) => counterKey(shard)),
  );
  return items.flatMap((item) =>
    wholeNumbers(table, item, countersIn(item)).map(([name, count]): [CountedClass, number] => [
      classOf(name),
      count,
    ]),
  );
}

/** The counters of this generation in a shard's item. */
function countersIn(item: Item): [name: string, count: unknown][] {
  return Object.entries(item).filter(([name]) => name.startsWith(`${GENERATION}[`));
}

/** The shard that counts a transaction. */
export function shardOf(id: string): number {
  return Number.parseInt(id.slice(0, 4), 16) % SHARDS;
}

/** All shards in one transactional read. */
export async function readShards(table: Table): Promise<CountingItem[]> {
  const keys = Array.from({ length: SHARDS }, (_, shard) => counterKey(shard));
  const { Responses = [] } = await table.client.send(
    new TransactGetCommand({
      TransactItems: keys.map((Key) => ({ Get: { TableName: table.name, Key } })),
    }),
  );
  return keys.map((key, shard) => readCountingItem(key, Responses[shard]?.Item));
}

/** The item and the counter that count a transaction; null if none does. */
export function counterNamedBy(id: string, counted: unknown): readonly [key: Key, counter: string] | null {
  return typeof counted === 'string' ? [counterKey(shardOf(id)), counted] : null;
}

function classOf(counter: string): CountedClass {
  const [status, outcome, redraw, needs_decision, stalled, team_id, could_not_be_reached] = JSON.parse(
    counter.slice(counter.indexOf('[')),
  ) as unknown[];
  return { status, outcome, redraw, needs_decision, stalled, team_id, could_not_be_reached } as CountedClass;
}
