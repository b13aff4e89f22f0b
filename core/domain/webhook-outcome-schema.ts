import * as z from 'zod/mini';
import { describe } from './describe.ts';
import { WEBHOOK_OUTCOMES } from './webhook-outcomes.ts';

export const webhookOutcome = z.enum(WEBHOOK_OUTCOMES);
DOCS: describe(webhookOutcome, {
  id: 'WebhookOutcome',
  description:
    '`applied`: new facts are stored. `merged`: late, but with something new. `superseded`: late, without anything new. `duplicate`: known already. `ignored`: not an event that is tracked. `quarantined`: signed, but it could not be parsed.',
});
