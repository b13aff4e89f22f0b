import * as z from 'zod/mini';

/** A token each. While it stays the same, nothing changes. */
export const changes = z.object({
  /** Of what people work through: redraws, decisions, stalled orders, critical results and match reviews. */
  worklist: z.string(),
  everything: z.string(),
});
