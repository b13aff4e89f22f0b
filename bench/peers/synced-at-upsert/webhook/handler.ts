import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Order } from '../../junction/order.ts';
import { receive } from '../../junction/webhook.ts';
import { itemOf } from '../../lambda/order-item.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = (event: APIGatewayProxyEventV2) =>
  receive(event, (order) => upsert(order, new Date().toISOString()));

/** Writes unless the stored order was synchronized later: `upsertManyWithTimestampProtection` of stripe-sync-engine. */
async function upsert(order: Order, lastSyncedAt: string): Promise<void> {
  try {
    await client.send(
      new PutCommand({
        TableName: process.env.ORDERS_TABLE,
        Item: { ...itemOf(order), last_synced_at: lastSyncedAt },
        ConditionExpression: 'attribute_not_exists(last_synced_at) OR last_synced_at < :last_synced_at',
        ExpressionAttributeValues: { ':last_synced_at': lastSyncedAt },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
