import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Order } from '../junction/order.ts';
import { itemOf } from './order-item.ts';

interface Guard {
  readonly condition: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** Attributes that are stored with the order. */
  readonly more?: Readonly<Record<string, string>>;
}

/** Replaces the order's item if the condition holds. Otherwise, the stored one is newer, and nothing is left to do. */
export async function putIf(
  client: DynamoDBDocumentClient,
  order: Order,
  { condition, values, more }: Guard,
): Promise<void> {
  try {
    await client.send(
      new PutCommand({
        TableName: process.env.ORDERS_TABLE,
        Item: { ...itemOf(order), ...more },
        ConditionExpression: condition,
        ExpressionAttributeValues: values,
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
