import * as z from 'zod/mini';

export const environment = z.object({
  /** The namespace of the functions' metrics. */
  METRICS_NAMESPACE: z.string().check(z.minLength(1)),
  /** The recompute function. */
  PROJECTION_FUNCTION_NAME: z.string().check(z.minLength(1)),
  /** The topic that the alarms notify. */
  OPERATORS_TOPIC_ARN: z.string().check(z.minLength(1)),
});
