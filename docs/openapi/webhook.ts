import * as z from 'zod/mini';
import { describe } from '../../core/domain/describe.ts';
import { webhookOutcome } from '../../core/domain/webhook-outcome-schema.ts';
import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import type { Problems } from './operations/problems.ts';
import type { Responses } from './responses.ts';
import type { Schemas } from './schemas.ts';

const received = z.object({ outcome: webhookOutcome });
DOCS: describe(received, { id: 'WebhookReceived', description: 'What became of a webhook.' });

/** Junction describes its webhooks: https://docs.junction.com/event-catalog/introduction */
const webhook = z.looseObject({ event_type: z.string() });
DOCS: describe(webhook, {
  id: 'Webhook',
  description: 'A webhook as Junction sends it.',
  properties: { event_type: 'The type of the event, for example `labtest.order.updated`.' },
});

const HEADERS = {
  'svix-id': 'The ID of the delivery. `webhook-id` is also accepted.',
  'svix-timestamp':
    'Unix time in seconds, at most five minutes from now. `webhook-timestamp` is accepted instead.',
  'svix-signature':
    'One or more signatures of the form `v1,<base64>`, separated by spaces. `webhook-signature` is accepted instead.',
};

const REFUSALS: Problems = {
  400: {
    description:
      'A signature header is missing or malformed, or the timestamp is more than five minutes from now.',
    detail: 'The timestamp is more than five minutes from now.',
  },
  401: { description: 'No signature matches.', detail: 'No signature matches the body.' },
  405: { description: 'The method is not POST.', detail: 'Webhooks are delivered by POST.' },
  413: { description: 'The body is larger than 1 MiB.', detail: 'The body is larger than 1 MiB.' },
  503: {
    description: 'The webhook cannot be stored at the moment. Retry the delivery.',
    detail: 'The webhook cannot be processed now.',
    retryAfter: true,
  },
};

/** The route that Junction delivers to. The webhook function answers it. */
export function webhookPath({
  schemas,
  responses,
}: {
  readonly schemas: Schemas;
  readonly responses: Responses;
}) {
  return {
    [WEBHOOK_PATH]: {
      post: {
        operationId: 'receiveWebhook',
        tags: ['webhook'],
        summary: 'Receive a webhook from Junction',
        description:
          'Webhooks are signed as Svix and Standard Webhooks specify. A webhook with a valid signature that cannot be parsed is quarantined.',
        security: [],
        parameters: Object.entries(HEADERS).map(([name, description]) => ({
          name,
          in: 'header',
          description,
          required: true,
          schema: { type: 'string' },
        })),
        requestBody: {
          description: 'The webhook. The signature is over its bytes.',
          required: true,
          content: { 'application/json': { schema: schemas.of(webhook, 'input') } },
        },
        responses: {
          200: {
            description: 'The webhook was received.',
            content: { 'application/json': { schema: schemas.of(received, 'output') } },
          },
          ...responses.of(REFUSALS, 'public'),
        },
      },
    },
  };
}
