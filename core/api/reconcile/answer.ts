import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import { id } from '../answer-fields.ts';
import { transaction } from '../transactions/answer.ts';

export const reconciliation = z.object({ healed: z.boolean(), transaction });
DOCS: describe(reconciliation, {
  id: 'Reconciliation',
  description: 'The result of asking Junction about a transaction.',
  properties: { healed: 'Whether Junction reported something that no webhook had.' },
});

export const discarded = z.object({ order_ids: z.array(id) });
DOCS: describe(discarded, {
  id: 'Discarded',
  description: 'What was taken off every list.',
  properties: { order_ids: 'The orders; none for a match review.' },
});
