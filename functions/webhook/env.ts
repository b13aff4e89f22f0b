import * as z from 'zod/mini';
import { readingVariables } from '../../core/environment/payload-reading.ts';

export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  QUARANTINE_TABLE_NAME: z.string().check(z.minLength(3)),
  WEBHOOK_SECRET_ARN: z.string().check(z.minLength(1)),
  /** The length of the shortest signing secret that is accepted. */
  SIGNING_SECRET_MIN_BYTES: z.coerce.number().check(z.int(), z.positive()),
  /** The fingerprints of signing secrets that are refused, separated by commas. */
  REFUSED_SIGNING_SECRETS: z.string(),
  /** Days until a webhook that cannot be read is deleted. */
  QUARANTINE_RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
  ...readingVariables,
});
