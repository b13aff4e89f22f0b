import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../domain/instant.ts';
import { itemKey } from './table-layout.ts';

const heartbeatKey = itemKey('HEARTBEAT', 'orders');

interface TableClient {
  readonly client: DynamoDBDocumentClient;
  readonly name: string;
}

/** One item, so that one write takes all of its times. They only increase. */
export interface Heartbeat {
  /** When the newest webhook that has reached its transaction was written. */
  readonly written_at?: Instant;
  /** The newest mark of a change in what people work through. */
  readonly worklist_at?: Instant;
  /** The newest mark of another change. */
  readonly rest_at?: Instant;
}

/** Stores those of the times that are later than the stored ones. Usually all are, and one write does. */
export async function recordHeartbeat(table: TableClient, times: Heartbeat): Promise<void> {
  const entries = Object.entries(times);
  if (entries.length === 0) return;
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: heartbeatKey,
        UpdateExpression: `SET ${entries.map(([name]) => `${name} = :${name}`).join(', ')}`,
        ConditionExpression: entries
          .map(([name]) => `(attribute_not_exists(${name}) OR ${name} < :${name})`)
          .join(' AND '),
        ExpressionAttributeValues: Object.fromEntries(entries.map(([name, at]) => [`:${name}`, at])),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const stored = error.Item ?? {};
    const isLater = ([name, at]: [string, Instant]) => (stored[name]?.S ?? '') < at;
    await recordHeartbeat(table, Object.fromEntries(entries.filter(isLater)));
  }
}

/** The times, all absent before the first. A consistent read costs one read unit, another half of it. */
export async function readHeartbeat(table: TableClient, { consistent = true } = {}): Promise<Heartbeat> {
  const { Item = {} } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: heartbeatKey, ConsistentRead: consistent }),
  );
  const { pk, sk, ...times } = Item;
  return times;
}
