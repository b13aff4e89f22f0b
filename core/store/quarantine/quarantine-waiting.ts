import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table.ts';
import { INDEXES } from '../table-layout.ts';
import { type IndexList, readIndexPage, readItems } from '../transactions/index-pages.ts';
import { QUARANTINE_PARTITIONS } from './quarantine.ts';

/** How many quarantined webhooks are still not understood. Reads keys only, no bodies. */
export async function countQuarantined(table: Table): Promise<number> {
  let count = 0;
  let from: Record<string, unknown> | undefined;
  do {
    const { Count = 0, LastEvaluatedKey } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        IndexName: 'by_status' satisfies keyof typeof INDEXES,
        KeyConditionExpression: '#pk = :pk',
        ExpressionAttributeNames: { '#pk': INDEXES.by_status.partitionKey },
        ExpressionAttributeValues: { ':pk': QUARANTINE_PARTITIONS.waiting },
        Select: 'COUNT',
        ExclusiveStartKey: from,
      }),
    );
    count += Count;
    from = LastEvaluatedKey;
  } while (from);
  return count;
}

const waiting: IndexList = {
  index: 'by_status',
  partitions: [QUARANTINE_PARTITIONS.waiting],
  newestFirst: false,
};

/** A request reads at most this many pages of a hundred webhooks, because those with other reasons may lie between. */
const MAX_PAGES = 5;

/**
 * The ids of webhooks that wait with a reason, oldest first.
 *
 * @param after the place where the previous request ended; null to begin
 * @returns at most `limit` ids, and the position to continue after; null at the end
 */
export async function waitingWithReason(
  table: Table,
  reason: string,
  after: string | null,
  limit: number,
): Promise<{ ids: string[]; next: string | null }> {
  const ids: string[] = [];
  let last = after;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { entries, next } = await readIndexPage(table, waiting, { limit: 100, after: last });
    for (const item of await readItems(table, entries)) {
      if (item.reason !== reason || item.s_pk !== QUARANTINE_PARTITIONS.waiting) continue;
      if (ids.length === limit) return { ids, next: last };
      ids.push(String(item.pk).slice('QUARANTINE#'.length));
      last = String(item.s_sk);
    }
    if (next === null) return { ids, next: null };
    last = next;
  }
  return { ids, next: last };
}
