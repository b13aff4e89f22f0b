import * as z from 'zod/mini';
import { transaction } from '../transactions/answer.ts';

/** The result of asking Junction about a transaction. */
export const reconciliation = z.object({
  /** Whether Junction reported something that no webhook had. */
  healed: z.boolean(),
  transaction,
});
