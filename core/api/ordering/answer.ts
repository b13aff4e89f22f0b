import * as z from 'zod/mini';
import { transaction } from '../transactions/answer.ts';

/** A placed order. */
export const placedOrder = z.object({
  /** Junction's order, as it answered. */
  order: z.looseObject({ id: z.string() }),
  /** Our transaction of the order. */
  transaction,
});
