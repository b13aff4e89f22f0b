import * as z from 'zod/mini';

/** What the function is configured with. */
export const environment = z.object({
  /** Where the functions put their metrics. */
  METRICS_NAMESPACE: z.string().check(z.minLength(1)),
  /** The function that brings orders into their transactions. */
  PROJECTION_FUNCTION_NAME: z.string().check(z.minLength(1)),
});
