import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Order } from '../../junction/order.ts';
import { receive } from '../../junction/webhook.ts';
import { putIf } from '../../lambda/put-if.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = (event: APIGatewayProxyEventV2) => receive(event, writeUnlessOlder);

/** By the time of the newest event, then the number of events, then `updated_at`. */
const NOT_NEWER = [
  'attribute_not_exists(id)',
  'status_at < :status_at',
  '(status_at = :status_at AND size(events) < :events)',
  '(status_at = :status_at AND size(events) = :events AND updated_at <= :updated_at)',
].join(' OR ');

/** Replaces the item unless the stored one is newer. */
async function writeUnlessOlder(order: Order): Promise<void> {
  const { status_at, events, updated_at } = order;
  await putIf(client, order, {
    condition: NOT_NEWER,
    values: { ':status_at': status_at, ':events': events.length, ':updated_at': updated_at },
  });
}
