import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/instant.ts';
import { refusal, type Table } from './table.ts';
import { itemKey } from './table-layout.ts';

const heartbeatKey = itemKey('HEARTBEAT', 'orders');

/** Stores when the newest webhook that has reached its transaction was written. The time only increases. */
export async function recordHeartbeat(table: Table, writtenAt: Instant): Promise<void> {
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: heartbeatKey,
        UpdateExpression: 'SET written_at = :at',
        ConditionExpression: 'attribute_not_exists(written_at) OR written_at < :at',
        ExpressionAttributeValues: { ':at': writtenAt },
      }),
    );
  } catch (error) {
    refusal(error);
  }
}

/** When the newest webhook that has reached its transaction was written; null before the first. */
export async function readHeartbeat(table: Table): Promise<Instant | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: heartbeatKey, ConsistentRead: true }),
  );
  return typeof Item?.written_at === 'string' ? Item.written_at : null;
}
