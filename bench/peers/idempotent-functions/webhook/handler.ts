import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { byTime, newest, type Order } from '../../junction/order.ts';
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

async function store(order: Order): Promise<void> {
  const TableName = process.env.ORDERS_TABLE;
  const { Item } = await documents.send(
    new GetCommand({ TableName, Key: { id: order.id }, ConsistentRead: true }),
  );
  const merged = Item ? merge(orderOf(Item as OrderItem), order) : order;
  await documents.send(new PutCommand({ TableName, Item: itemOf(merged) }));
}

/** All events of both, and everything else of the one that was updated last. */
function merge(stored: Order, arrived: Order): Order {
  const later = arrived.updated_at >= stored.updated_at ? arrived : stored;
  const byId = new Map([...stored.events, ...arrived.events].map((event) => [event.id, event]));
  const events = [...byId.values()].sort(byTime);
  const entry = later.listed.find(({ id }) => id === later.id);
  return {
    ...later,
    transaction_id: later.transaction_id ?? stored.transaction_id ?? arrived.transaction_id,
    events,
    ...newest(events, entry),
  };
}
