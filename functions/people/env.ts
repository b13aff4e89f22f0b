import * as z from 'zod/mini';

export const environment = z.object({
  USER_POOL_ID: z.string().check(z.minLength(1)),
});
