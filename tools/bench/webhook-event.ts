import { Webhook } from 'svix';
import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { WEBHOOK_SECRET } from './deployment.ts';

const key = new Webhook(WEBHOOK_SECRET);

/** A signed webhook as an event of API Gateway, payload format 2.0. */
export function webhookEvent(body: string, id: string): string {
  const now = new Date();
  return JSON.stringify({
    version: '2.0',
    routeKey: `ANY ${WEBHOOK_PATH}`,
    rawPath: WEBHOOK_PATH,
    rawQueryString: '',
    headers: {
      'content-type': 'application/json',
      'svix-id': id,
      'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
      'svix-signature': key.sign(id, now, body),
      'user-agent': 'Svix-Webhooks/1.64',
    },
    requestContext: {
      http: { method: 'POST', path: WEBHOOK_PATH, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
      requestId: id,
      routeKey: `ANY ${WEBHOOK_PATH}`,
      stage: '$default',
      timeEpoch: now.getTime(),
    },
    body,
    isBase64Encoded: false,
  });
}
