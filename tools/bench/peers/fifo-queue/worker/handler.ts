import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Order } from '../../junction/order.ts';
import { itemOf } from '../../lambda/order-item.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

/** Writes the orders one after the other. After a failure the rest is redelivered, so that the queue's order is kept. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const [index, { body }] of Records.entries()) {
    try {
      await write(JSON.parse(body) as Order);
    } catch {
      return {
        batchItemFailures: Records.slice(index).map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    }
  }
  return { batchItemFailures: [] };
}

async function write(order: Order): Promise<void> {
  await client.send(new PutCommand({ TableName: process.env.ORDERS_TABLE, Item: itemOf(order) }));
}
