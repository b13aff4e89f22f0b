import * as z from 'zod/mini';

/** A caller as it is stored and shown. */
export const caller = z.object({
  subject: z.nullable(z.string()),
  client_id: z.nullable(z.string()),
  name: z.nullable(z.string()),
});
