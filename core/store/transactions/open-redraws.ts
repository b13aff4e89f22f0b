import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import { allBuckets, type Table } from '../table.ts';
import { INDEXES } from '../table-layout.ts';

const PAGE = 50;

/**
 * The ids in an index that are due at `now`, one page at a time. Reads nothing else. Each `turn` begins with the bucket after
 * that of the previous turn. The index can lag behind the table, so an id may no longer be due.
 */
export async function* dueIds(
  table: Table,
  index: 'open_redraws' | 'checks',
  partition: string,
  now: Instant,
  turn: number,
): AsyncGenerator<readonly string[]> {
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
          // A sort key is `<time>#<id>`. `$` sorts after `#`, so ids that are due exactly now are included.
          ExpressionAttributeValues: { ':pk': bucket, ':after': `${now}$` },
          Limit: PAGE,
          ExclusiveStartKey: from,
        }),
      );
      if (Items.length > 0) yield Items.map((item) => String(item.pk).slice('TX#'.length));
      from = LastEvaluatedKey;
    } while (from);
  }
}
