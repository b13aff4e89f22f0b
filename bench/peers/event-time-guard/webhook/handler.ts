import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Order } from '../../junction/order.ts';
import { receive } from '../../junction/webhook.ts';
import { itemOf } from '../../lambda/order-item.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = (event: APIGatewayProxyEventV2) => receive(event, writeUnlessOlder);

/** Replaces the item unless the stored one has a newer event. A webhook without a new event may still have other news. */
async function writeUnlessOlder(order: Order): Promise<void> {
  try {
    await client.send(
      new PutCommand({
        TableName: process.env.ORDERS_TABLE,
        Item: itemOf(order),
        ConditionExpression: 'attribute_not_exists(id) OR status_at <= :status_at',
        ExpressionAttributeValues: { ':status_at': order.status_at },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
