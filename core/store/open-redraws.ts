import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/instant.ts';
import { allBuckets, type Table } from './table.ts';

const PAGE = 50;

/**
 * The ids in an index whose time has come by `now`, one page at a time; nothing else is read. Each `turn` begins with
 * the bucket after that of the turn before. An id can come although it has moved on meanwhile: the index follows the
 * table with a short delay.
 */
export async function* dueIds(
  table: Table,
  index: 'open_redraws' | 'checks',
  partition: string,
  now: Instant,
  turn: number,
): AsyncGenerator<readonly string[]> {
  const [pk, sk] = index === 'open_redraws' ? ['due_pk', 'due_sk'] : ['check_pk', 'check_sk'];
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
          ExpressionAttributeNames: { '#pk': pk, '#sk': sk },
          // A place is `<time>#<id>`; `$` comes after `#`, so what is due exactly now is included.
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
