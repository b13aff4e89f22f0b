import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Table } from '../table.ts';
import { INDEXES } from '../table-layout.ts';
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
