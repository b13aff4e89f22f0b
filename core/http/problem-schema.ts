import * as z from 'zod/mini';

const text = z.string();

/**
 * An error answer (RFC 9457). `errors` lists every fault of a request that can have several, and `candidates` the orders that may
 * be the one whose outcome is not known.
 */
export const problem = z.object({
  type: text,
  title: text,
  status: z.int(),
  detail: text,
  errors: z.optional(z.array(z.object({ field: text, detail: text }))),
  candidates: z.optional(
    z.array(
      z.object({ order_id: text, order_transaction_id: z.nullable(text), created_at: z.nullable(text) }),
    ),
  ),
});

export type ShownProblem = z.output<typeof problem>;
