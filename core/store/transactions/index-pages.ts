import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ServiceBusy } from '../../aws/unavailable.ts';
import { jitteredPause } from '../../concurrency/retry.ts';
import type { Item, Table } from '../table.ts';
import { INDEXES, type IndexName } from '../table-layout.ts';

/** The partitions of an index that together hold a list, and its order. */
export interface IndexList {
  readonly index: IndexName;
  readonly partitions: readonly string[];
  readonly newestFirst: boolean;
  /** The place where an ascending list ends; without it, at its last entry. */
  readonly until?: string;
}

export interface PageRequest {
  /** How many entries at most: 1 to 100. */
  readonly limit: number;
  /** The place where the previous page ended; null for the first page. */
  readonly after: string | null;
}

/** The entries of a page in order, and the place after which the next page starts; null at the end. */
export interface IndexPage {
  readonly entries: readonly IndexEntry[];
  readonly next: string | null;
}

/** The partition key of an item, and its place in the list. */
interface IndexEntry {
  readonly pk: string;
  readonly place: string;
}

const MAX_BATCH_GETS = 5;
/** The pause before unprocessed keys are requested again, because DynamoDB throttled them. */
const pauseBetweenBatchGets = jitteredPause(25, 1_000);

/** A page of a list that several partitions hold, merged into one order. */
export async function readIndexPage(table: Table, list: IndexList, request: PageRequest): Promise<IndexPage> {
  const found = await Promise.all(
    list.partitions.map((partition) => firstOf(table, list, partition, request)),
  );
  // The first entries of all partitions contain the first entries of the list.
  const entries = distinct(found.flat()).sort((a, b) => (a.place < b.place ? -1 : 1));
  if (list.newestFirst) entries.reverse();
  const page = entries.slice(0, request.limit);
  return {
    entries: page,
    next: entries.length > page.length ? (page.at(-1)?.place ?? null) : null,
  };
}

/** Removes duplicates: an item that moves during the queries is found in both partitions, and a batch must not repeat a key. */
function distinct(entries: readonly IndexEntry[]): IndexEntry[] {
  return [...new Map(entries.map((entry) => [entry.pk, entry])).values()];
}

async function firstOf(
  table: Table,
  { index, newestFirst, until }: IndexList,
  partition: string,
  { limit, after }: PageRequest,
): Promise<IndexEntry[]> {
  const { partitionKey, sortKey } = INDEXES[index];
  const beyond = newestFirst ? '#sk < :after' : '#sk > :after';
  // Between includes its ends. A space sorts before everything that can follow the last place.
  const range = until === undefined ? beyond : '#sk BETWEEN :after AND :until';
  const start = until === undefined ? after : `${after ?? ''} `;
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: index,
      KeyConditionExpression: start === null ? '#pk = :pk' : `#pk = :pk AND ${range}`,
      ExpressionAttributeNames: { '#pk': partitionKey, ...(start === null ? {} : { '#sk': sortKey }) },
      ExpressionAttributeValues: {
        ':pk': partition,
        ...(start === null ? {} : { ':after': start }),
        ...(until === undefined ? {} : { ':until': until }),
      },
      ScanIndexForward: !newestFirst,
      // One more entry than requested shows whether another page follows.
      Limit: limit + 1,
    }),
  );
  return Items.map((item) => ({ pk: String(item.pk), place: String(item[sortKey]) }));
}

/** Reads up to 100 items consistently, in the order of the keys. Missing items are left out. */
export async function readItems(
  table: Table,
  keys: readonly Readonly<{ pk: string; sk: string }>[],
): Promise<Item[]> {
  const found = new Map<string, Item>();
  let left: Record<string, unknown>[] = [...keys];
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === MAX_BATCH_GETS) {
      throw new ServiceBusy(`DynamoDB left keys of a batch unprocessed ${MAX_BATCH_GETS} times`);
    }
    if (attempt > 0) await pauseBetweenBatchGets(attempt);
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: left, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[table.name] ?? []) found.set(`${item.pk} ${item.sk}`, item);
    left = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return keys.map(({ pk, sk }) => found.get(`${pk} ${sk}`)).filter((item) => item !== undefined);
}
