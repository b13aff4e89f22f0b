import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Order } from '../../junction/order.ts';
import { transactionOf } from '../../junction/transaction.ts';
import { type OrderItem, orderOf } from '../../lambda/order-item.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());
const TableName = process.env.TRANSACTIONS_TABLE;

/** Computes the transactions of the changed orders. Stops at the first failing record, which is retried. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb } of Records) {
    try {
      for (const id of transactionsIn(dynamodb)) await compute(id, orderIn(dynamodb?.NewImage));
    } catch {
      return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

/** The transaction of the order, and the one that it was in before. */
function transactionsIn(dynamodb: DynamoDBRecord['dynamodb']): Set<string> {
  const orders = [orderIn(dynamodb?.NewImage), orderIn(dynamodb?.OldImage)];
  return new Set(orders.flatMap((order) => (order ? [order.transaction_id ?? order.id] : [])));
}

function orderIn(image: object | undefined): Order | null {
  return image ? orderOf(unmarshall(image as Record<string, AttributeValue>) as OrderItem) : null;
}

async function compute(id: string, changed: Order | null): Promise<void> {
  const orders = changed?.id === id && changed.transaction_id === null ? [changed] : await ordersOf(id);
  if (orders.length === 0) await client.send(new DeleteCommand({ TableName, Key: { id } }));
  else await client.send(new PutCommand({ TableName, Item: { id, ...transactionOf(orders) } }));
}

async function ordersOf(transactionId: string): Promise<Order[]> {
  const orders: Order[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: process.env.ORDERS_TABLE,
      IndexName: 'by-transaction',
      KeyConditionExpression: 'transaction_id = :id',
      ExpressionAttributeValues: { ':id': transactionId },
    },
  );
  for await (const { Items = [] } of pages) orders.push(...Items.map((item) => orderOf(item as OrderItem)));
  return orders;
}
