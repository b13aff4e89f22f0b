import * as z from 'zod/mini';

/** The environment variables of the function. */
export const environment = z.object({
  USER_POOL_ID: z.string().check(z.minLength(1)),
});
