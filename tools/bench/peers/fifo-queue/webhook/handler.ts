import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { receive } from '../../junction/webhook.ts';

const client = new SQSClient();

/** Puts the webhook into the queue, in the group of its order. */
export const handler = (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> =>
  receive(event, async (order) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: process.env.QUEUE_URL,
        MessageBody: JSON.stringify(order),
        MessageGroupId: order.id,
        MessageDeduplicationId: event.headers['svix-id'],
      }),
    );
  });
