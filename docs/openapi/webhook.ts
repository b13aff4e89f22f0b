import * as z from 'zod/mini';
import { WEBHOOK_OUTCOMES } from '../../core/domain/webhook-outcomes.ts';
import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { refusals } from './responses.ts';

const outcome = z.object({ outcome: z.enum(WEBHOOK_OUTCOMES) });

const HEADERS = {
  'svix-id': 'The ID of the delivery. `webhook-id` is also accepted.',
  'svix-timestamp':
    'Unix time in seconds, at most five minutes from now. `webhook-timestamp` is accepted instead.',
  'svix-signature':
    'One or more signatures of the form `v1,<base64>`, separated by spaces. `webhook-signature` is accepted instead.',
};

const REFUSALS = {
  400: 'A signature header is missing or malformed, or the timestamp is more than five minutes from now.',
  401: 'No signature matches.',
  405: 'The method is not POST.',
  413: 'The body is larger than 1 MiB.',
  503: 'The webhook cannot be stored at the moment. Retry the delivery.',
};

/** The route that Junction delivers to. The webhook function answers it. */
export function webhookPath(schemaOf: (schema: z.core.$ZodType, io: 'output') => object) {
  return {
    [WEBHOOK_PATH]: {
      post: {
        operationId: 'post_webhooks_junction',
        tags: ['webhook'],
        summary: 'Receive a webhook from Junction',
        description:
          'Webhooks are signed as Svix and Standard Webhooks specify. A webhook with a valid signature that cannot be parsed is quarantined.',
        security: [],
        parameters: Object.entries(HEADERS).map(([name, description]) => ({
          name,
          in: 'header',
          required: true,
          description,
          schema: { type: 'string' },
        })),
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: { type: 'object', description: 'The webhook as Junction sends it.' },
            },
          },
        },
        responses: {
          200: {
            description:
              'The webhook was received. `applied`: it contained new facts that are now current. `merged`: it was late and contained new facts. `superseded`: it was late and contained no new facts. `duplicate`: its content was already known. `ignored`: its event type is not tracked, for example that of the test event (`redraw_tracker.verification`). `quarantined`: it could not be parsed and was stored in quarantine.',
            content: { 'application/json': { schema: schemaOf(outcome, 'output') } },
          },
          ...refusals(REFUSALS, 'public'),
        },
      },
    },
  };
}
