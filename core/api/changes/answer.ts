import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';

export const changes = z.object({ worklist: z.string(), everything: z.string() });
DOCS: describe(changes, {
  id: 'Changes',
  description: 'Two tokens without a meaning of their own. While a token stays the same, nothing changes.',
  properties: {
    worklist: 'Of open redraws, decisions, stalled orders, critical results and match reviews.',
    everything: 'Of these and all other data.',
  },
});
