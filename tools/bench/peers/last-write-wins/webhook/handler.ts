import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { receive } from '../../junction/webhook.ts';
import { itemOf } from '../../lambda/order-item.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

/** A payload has everything about its order, so it replaces the item. */
export const handler = (event: APIGatewayProxyEventV2) =>
  receive(event, async (order) => {
    await client.send(new PutCommand({ TableName: process.env.ORDERS_TABLE, Item: itemOf(order) }));
  });
