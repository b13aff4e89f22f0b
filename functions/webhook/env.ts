import * as z from 'zod/mini';

/** What the function is configured with. */
export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  WEBHOOK_SECRET_ARN: z.string().check(z.minLength(1)),
  /** Days until what could not be understood is deleted. */
  QUARANTINE_RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
});
