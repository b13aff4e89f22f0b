import type { CountedClass } from '../domain/census.ts';
import { readItems } from './index-pages.ts';
import type { Table } from './table.ts';

/**
 * Counts are kept in the write that changes what they count, and each transaction's item says as what it is counted:
 * so nothing is counted twice or forgotten, however often a write is tried. A new generation starts from nothing and
 * fills as items are written anew, which a rebuild does to all of them.
 */
const GENERATION = 1;

/** Counters that many transactions share would make their writers wait for one another. */
const SHARDS = 16;

const counterKey = (shard: number) => ({ pk: `COUNTERS#${GENERATION}#${shard}`, sk: 'COUNTERS' });

/** As what a transaction is counted, as its item keeps it; also the name of the counter. */
export function counterOf({ status, outcome, redraw, team_id }: CountedClass): string {
  return `${GENERATION}${JSON.stringify([status, outcome, redraw, team_id])}`;
}

/** What keeps the counters true when a transaction's item goes from one counter to another (null: to or from none). */
export function countingUpdates(table: Table, id: string, from: unknown, to: string | null) {
  const left = typeof from === 'string' && from.startsWith(`${GENERATION}[`) ? from : null;
  if (left === to) return [];
  const additions = [...(to === null ? [] : ['#to :one']), ...(left === null ? [] : ['#from :minus'])];
  return [
    {
      Update: {
        TableName: table.name,
        Key: counterKey(Number.parseInt(id.slice(0, 4), 16) % SHARDS),
        UpdateExpression: `ADD ${additions.join(', ')}`,
        ExpressionAttributeNames: {
          ...(to === null ? {} : { '#to': to }),
          ...(left === null ? {} : { '#from': left }),
        },
        ExpressionAttributeValues: {
          ...(to === null ? {} : { ':one': 1 }),
          ...(left === null ? {} : { ':minus': -1 }),
        },
      },
    },
  ];
}

/** Every count there is, in as many reads as there are shards: however many transactions there are. */
export async function readCounts(table: Table): Promise<[CountedClass, number][]> {
  const items = await readItems(
    table,
    Array.from({ length: SHARDS }, (_, shard) => counterKey(shard)),
  );
  return items.flatMap(({ pk: _, sk: __, ...counters }) =>
    Object.entries(counters).map(([name, count]): [CountedClass, number] => [classOf(name), Number(count)]),
  );
}

function classOf(counter: string): CountedClass {
  const [status, outcome, redraw, team_id] = JSON.parse(counter.slice(counter.indexOf('['))) as unknown[];
  return { status, outcome, redraw, team_id } as CountedClass;
}
