import * as z from 'zod/mini';
import { refusals } from './responses.ts';

const outcome = z.object({
  outcome: z.enum(['applied', 'merged', 'superseded', 'duplicate', 'ignored', 'quarantined']),
});

const HEADERS = {
  'svix-id': 'The id of the delivery; also as webhook-id.',
  'svix-timestamp': 'Seconds since 1970, at most five minutes off; also as webhook-timestamp.',
  'svix-signature': 'One or more of v1,<base64>; also as webhook-signature.',
};

const REFUSALS = {
  400: 'A signature header is missing or malformed, or the timestamp is out of bounds.',
  401: 'No signature matches.',
  405: 'Another method than POST.',
  413: 'The body is larger than 1 MiB.',
  503: 'It can not be taken now: deliver it again.',
};

/** The route Junction delivers to. It is answered by a function of its own. */
export function webhookPath(schemaOf: (schema: z.core.$ZodType, io: 'output') => object) {
  return {
    '/webhooks/junction': {
      post: {
        operationId: 'post_webhooks_junction',
        tags: ['webhook'],
        summary: 'Where Junction delivers',
        description: 'Signed as Svix and Standard Webhooks do. Nothing signed is ever dropped.',
        security: [],
        parameters: Object.entries(HEADERS).map(([name, description]) => ({
          ...{ name, in: 'header', required: true, description, schema: { type: 'string' } },
        })),
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: { type: 'object', description: 'As Junction sends it.' } },
          },
        },
        responses: {
          200: {
            description: 'It was taken; the outcome says what it brought.',
            content: { 'application/json': { schema: schemaOf(outcome, 'output') } },
          },
          ...refusals(REFUSALS, 'public'),
        },
      },
    },
  };
}
