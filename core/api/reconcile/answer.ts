import * as z from 'zod/mini';
import { transaction } from '../transactions/answer.ts';

/** The result of asking Junction about a transaction. */
export const reconciliation = z.object({
  /** Whether Junction reported something that no webhook had. */
  healed: z.boolean(),
  transaction,
});

/** What was taken off every list. */
export const discarded = z.object({
  /** The orders; none for a match review. */
  order_ids: z.array(z.string()),
});
