import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { type Order, readOrder } from './order.ts';

const secret = new Webhook(process.env.WEBHOOK_SECRET ?? '');

/**
 * Verifies a webhook and passes its order on. Other events are answered 200.
 * @param store an error makes the answer 500, so that Junction sends the webhook again
 */
export async function receive(
  event: APIGatewayProxyEventV2,
  store: (order: Order) => Promise<void>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const body = event.body ?? '';
  try {
    verify(body, event.headers);
  } catch (error) {
    if (error instanceof WebhookVerificationError) return { statusCode: 401 };
    throw error;
  }
  const order = readOrder(body);
  if (order) await store(order);
  return { statusCode: 200 };
}

/** @throws {WebhookVerificationError} if the signature is not valid */
export function verify(body: string, headers: APIGatewayProxyEventV2['headers']): void {
  secret.verify(body, {
    'webhook-id': headers['svix-id'] ?? '',
    'webhook-timestamp': headers['svix-timestamp'] ?? '',
    'webhook-signature': headers['svix-signature'] ?? '',
  });
}
