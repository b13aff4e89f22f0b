import * as z from 'zod/mini';
import { readingVariables } from '../../core/environment/payload-reading.ts';

export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  WEBHOOK_SECRET_ARN: z.string().check(z.minLength(1)),
  /** Days until a webhook that cannot be read is deleted. */
  QUARANTINE_RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
  ...readingVariables,
});
