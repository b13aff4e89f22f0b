import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { merge, type Order } from '../../junction/order.ts';
import { receive } from '../../junction/webhook.ts';
import { itemOf, type OrderItem, orderOf } from '../../lambda/order-item.ts';

const client = new DynamoDBClient();
const documents = DynamoDBDocumentClient.from(client);

const config = new IdempotencyConfig({
  eventKeyJmesPath: 'id',
  throwOnNoIdempotencyKey: true,
  // Junction retries for 27 hours.
  expiresAfterSeconds: 2 * 86_400,
});

interface Message {
  /** The id of the message, which is the same in every attempt. */
  readonly id: string;
  readonly order: Order;
}

const storeOnce = makeIdempotent(
  async ({ order }: Message): Promise<string> => {
    await store(order);
    return order.id;
  },
  {
    persistenceStore: new DynamoDBPersistenceLayer({
      tableName: process.env.IDEMPOTENCY_TABLE ?? '',
      awsSdkV3Client: client,
    }),
    config,
  },
);

export const handler = (event: APIGatewayProxyEventV2, context: Context) => {
  config.registerLambdaContext(context);
  return receive(event, async (order) => {
    await storeOnce({ id: event.headers['svix-id'] ?? '', order });
  });
};

const ATTEMPTS = 10;

/** Reads, merges, and writes if nobody has written in between. Otherwise tries again. */
async function store(order: Order): Promise<void> {
  const TableName = process.env.ORDERS_TABLE;
  for (let attempt = 1; ; attempt += 1) {
    const { Item } = await documents.send(
      new GetCommand({ TableName, Key: { id: order.id }, ConsistentRead: true }),
    );
    const { version = 0, ...stored } = (Item ?? {}) as Partial<OrderItem> & { version?: number };
    const merged = Item ? merge(orderOf(stored as OrderItem), order) : order;
    try {
      await documents.send(
        new PutCommand({
          TableName,
          Item: { ...itemOf(merged), version: version + 1 },
          ConditionExpression: 'attribute_not_exists(id) OR version = :version',
          ExpressionAttributeValues: { ':version': version },
        }),
      );
      return;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || attempt === ATTEMPTS) throw error;
    }
  }
}
