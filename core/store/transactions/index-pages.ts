import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ServiceBusy } from '../../aws/unavailable.ts';
import { jitteredPause } from '../../concurrency/retry.ts';
import type { ListOrder } from '../../domain/list-order.ts';
import type { Item, Table } from '../table.ts';
import { INDEXES, type IndexLayout, type IndexName, type ItemKey } from '../table-layout.ts';

/** The partitions of an index that together hold a list, and its order. */
export interface IndexList {
  readonly index: IndexName;
  readonly partitions: readonly string[];
  readonly newestFirst: boolean;
  /** The place where an ascending list ends; without it, at its last entry. */
  readonly until?: string;
  /** What the places of the list begin with, if its partition holds other lists too. */
  readonly within?: string;
}

export interface PageRequest {
  /** How many entries at most: 1 to 100. */
  readonly limit: number;
  /** The place where the previous page ended; null for the first page. */
  readonly after: string | null;
  /** Whether items are only counted. Then they are read for half the units, and may lag as far as the index does. */
  readonly onlyCounted?: true;
  /** The order of the list; without it, its usual one. */
  readonly order?: ListOrder | undefined;
  /** The only team whose entries are read, if the index holds the team. An entry without a team is one of each. */
  readonly teamId?: string | null | undefined;
}

/** The entries of a page in order, and the place after which the next page starts; null at the end. */
export interface IndexPage {
  readonly entries: readonly IndexEntry[];
  readonly next: string | null;
}

/** The key of an item, and its place in the list. */
interface IndexEntry extends ItemKey {
  readonly place: string;
}

/** Sorts after every other character. */
const LAST_CHARACTER = '\u{10ffff}';

const MAX_BATCH_GETS = 5;
/** The pause before unprocessed keys are requested again, because DynamoDB throttled them. */
const pauseBetweenBatchGets = jitteredPause(25, 1_000);

/** A page of a list that several partitions hold, merged into one order. */
export async function readIndexPage(
  table: Table,
  usual: IndexList,
  request: PageRequest,
): Promise<IndexPage> {
  const list = request.order ? { ...usual, newestFirst: request.order === 'desc' } : usual;
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

/**
 * How many entries a list has, of one team or of all (null). An entry without a team counts too. Only the index is read, so this
 * costs its entries' sizes, and it agrees with the list.
 */
export async function countEntries(table: Table, list: IndexList, teamId: string | null): Promise<number> {
  const counts = await Promise.all(
    list.partitions.map((partition) => countPartition(table, list, partition, teamId)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function countPartition(
  table: Table,
  list: IndexList,
  partition: string,
  teamId: string | null,
): Promise<number> {
  const range = rangeQuery(table, list, partition, null);
  const ofTeam = teamId !== null && onlyOfTeam(range, teamId);
  let count = 0;
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({ ...range, ...ofTeam, Select: 'COUNT', ExclusiveStartKey }),
    );
    count += page.Count ?? 0;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return count;
}

/** The query, with the entries of one team only. The others are read, but not returned. */
const onlyOfTeam = (range: ReturnType<typeof rangeQuery>, teamId: string) => ({
  FilterExpression: 'attribute_not_exists(#team) OR #team = :team',
  ExpressionAttributeNames: { ...range.ExpressionAttributeNames, '#team': 'team_id' },
  ExpressionAttributeValues: { ...range.ExpressionAttributeValues, ':team': teamId },
});

/** Removes duplicates: an item that moves during the queries is found in both partitions, and a batch must not repeat a key. */
function distinct(entries: readonly IndexEntry[]): IndexEntry[] {
  return [...new Map(entries.map((entry) => [keyText(entry), entry])).values()];
}

async function firstOf(
  table: Table,
  list: IndexList,
  partition: string,
  { limit, after, teamId = null }: PageRequest,
): Promise<IndexEntry[]> {
  const { sortKey } = INDEXES[list.index];
  // Between includes its ends.
  const repeatsPrevious = list.within !== undefined && after !== null;
  const range = rangeQuery(table, list, partition, after);
  const index: IndexLayout = INDEXES[list.index];
  const isFiltered = teamId !== null && index.includes?.includes('team_id') === true;
  // One more entry than requested shows whether another page follows.
  const needed = limit + 1 + (repeatsPrevious ? 1 : 0);
  const found: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const page = await table.client.send(
      new QueryCommand({
        ...range,
        ...(isFiltered ? onlyOfTeam(range, teamId) : { Limit: needed }),
        ScanIndexForward: !list.newestFirst,
        ExclusiveStartKey,
      }),
    );
    found.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (isFiltered && ExclusiveStartKey && found.length < needed);
  const entries = found.slice(0, needed).map(({ pk, sk, [sortKey]: place }) => ({
    pk: String(pk),
    sk: String(sk),
    place: String(place),
  }));
  return repeatsPrevious ? entries.filter(({ place }) => place !== after) : entries;
}

/** The query of the places of a list in one of its partitions, after one of them. */
function rangeQuery(table: Table, list: IndexList, partition: string, after: string | null) {
  const { partitionKey, sortKey } = INDEXES[list.index];
  const { condition, values } = rangeOf(list, after);
  return {
    TableName: table.name,
    IndexName: list.index,
    KeyConditionExpression: condition === null ? '#pk = :pk' : `#pk = :pk AND ${condition}`,
    ExpressionAttributeNames: { '#pk': partitionKey, ...(condition !== null && { '#sk': sortKey }) },
    ExpressionAttributeValues: { ':pk': partition, ...values },
  };
}

/** The places of a list after one of them; `condition` null for all places of the partition. */
function rangeOf(
  { newestFirst, until, within }: IndexList,
  after: string | null,
): { condition: string | null; values: Record<string, string> } {
  if (within !== undefined) {
    if (after === null) return { condition: 'begins_with(#sk, :within)', values: { ':within': within } };
    const [first, last] = newestFirst ? [within, after] : [after, `${within}${LAST_CHARACTER}`];
    return { condition: '#sk BETWEEN :first AND :last', values: { ':first': first, ':last': last } };
  }
  if (until !== undefined) {
    // Between includes its ends, but a space sorts before everything that can follow the last place.
    const first = `${after ?? ''} `;
    return { condition: '#sk BETWEEN :first AND :last', values: { ':first': first, ':last': until } };
  }
  if (after === null) return { condition: null, values: {} };
  return { condition: newestFirst ? '#sk < :after' : '#sk > :after', values: { ':after': after } };
}

const keyText = ({ pk, sk }: ItemKey) => `${pk} ${sk}`;

/** Reads up to 100 items, in the order of the keys. Missing items are left out. @param ConsistentRead false for half the units */
export async function readItems(
  table: Table,
  keys: readonly ItemKey[],
  ConsistentRead = true,
): Promise<Item[]> {
  const found = new Map<string, Item>();
  let left: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === MAX_BATCH_GETS) {
      throw new ServiceBusy(`DynamoDB left keys of a batch unprocessed ${MAX_BATCH_GETS} times`);
    }
    if (attempt > 0) await pauseBetweenBatchGets(attempt);
    const { Responses, UnprocessedKeys } = await table.client.send(
      new BatchGetCommand({ RequestItems: { [table.name]: { Keys: left, ConsistentRead } } }),
    );
    for (const item of Responses?.[table.name] ?? []) found.set(keyText(item as unknown as ItemKey), item);
    left = UnprocessedKeys?.[table.name]?.Keys ?? [];
  }
  return keys.map((key) => found.get(keyText(key))).filter((item) => item !== undefined);
}
