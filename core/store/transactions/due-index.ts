import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import { afterTime } from '../stored-times.ts';
import { allBuckets, type Table } from '../table.ts';
import { INDEXES, type ItemKey, idIn } from '../table-layout.ts';
import { type PageRequest, readIndexPage } from './index-pages.ts';
import { WORKLIST_PARTITIONS } from './worklist-partitions.ts';

/** The indexes that list what is due. */
export type DueIndex = Extract<keyof typeof INDEXES, 'open_redraws' | 'checks'>;

const PAGE = 50;

/**
 * The ids in an index that are due at `now`, one page at a time. Reads nothing else. Each `turn` begins with the bucket after
 * that of the previous turn. The index can lag behind the table, so an id may no longer be due.
 */
export async function* dueIds(
  table: Table,
  index: DueIndex,
  partition: string,
  now: Instant,
  turn: number,
): AsyncGenerator<readonly string[]> {
  for await (const page of dueKeys(table, { index, partition }, now, turn)) {
    yield page.map((key) => idIn('TX', key));
  }
}

/** The keys of items of any kind in an index that are due at `now`, like `dueIds`. */
export async function* dueKeys(
  table: Table,
  { index, partition }: { readonly index: DueIndex; readonly partition: string },
  now: Instant,
  turn: number,
): AsyncGenerator<readonly ItemKey[]> {
  const { partitionKey, sortKey } = INDEXES[index];
  const buckets = allBuckets(partition);
  const first = turn % buckets.length;
  for (const bucket of [...buckets.slice(first), ...buckets.slice(0, first)]) {
    let from: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: index,
          KeyConditionExpression: '#pk = :pk AND #sk < :after',
          ExpressionAttributeNames: { '#pk': partitionKey, '#sk': sortKey },
          ExpressionAttributeValues: { ':pk': bucket, ':after': afterTime(now) },
          Limit: PAGE,
          ExclusiveStartKey: from,
        }),
      );
      if (Items.length > 0) yield Items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
      from = LastEvaluatedKey;
    } while (from);
  }
}

/**
 * A page of the ids of open redraws that are not flagged and due by `until`, by due time, and the place of the next page;
 * null at the end.
 */
export async function watchedIds(
  table: Table,
  until: Instant,
  request: PageRequest,
): Promise<{ ids: string[]; next: string | null }> {
  const partitions = allBuckets(WORKLIST_PARTITIONS.watched_redraws);
  const watched = { index: 'open_redraws', partitions, newestFirst: false, until: afterTime(until) } as const;
  const { entries, next } = await readIndexPage(table, watched, request);
  return { ids: entries.map((entry) => idIn('TX', entry)), next };
}
