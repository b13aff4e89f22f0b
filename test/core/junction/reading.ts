import { readWebhook, type WebhookMessage } from '../../../core/junction/webhook-message.ts';
import { event, listed, march, transaction, walkIn } from '../../../tools/verification/oracle/bodies.ts';

/** After everything in the bodies. */
export const RECEIVED_AT = '2026-06-01T00:00:00.000000Z';

export const ordered = event(1, 'ordered', march(1));
export const order = walkIn(1, [ordered], {
  order_transaction: transaction(1, 'active', [listed(1, 'ordered', march(1))]),
});

export const read = (body: unknown, receivedAt = RECEIVED_AT): WebhookMessage =>
  readWebhook(typeof body === 'string' ? body : JSON.stringify(body), receivedAt);

export function factsOf(body: unknown, receivedAt?: string) {
  const message = read(body, receivedAt);
  if (message.kind !== 'order') throw new Error(`not an order: ${JSON.stringify(message)}`);
  return message.facts;
}
