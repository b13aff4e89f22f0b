import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { fetchOrder } from '../../junction/api.ts';
import { receive } from '../../junction/webhook.ts';
import { putIf } from '../../lambda/put-if.ts';

const client = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler = (event: APIGatewayProxyEventV2) => receive(event, ({ id }) => refresh(id));

/** Stores what Junction answers now, unless the stored answer was asked for later. */
async function refresh(id: string): Promise<void> {
  const askedAt = new Date().toISOString();
  await putIf(client, await fetchOrder(id), {
    condition: 'attribute_not_exists(asked_at) OR asked_at <= :asked_at',
    values: { ':asked_at': askedAt },
    more: { asked_at: askedAt },
  });
}
