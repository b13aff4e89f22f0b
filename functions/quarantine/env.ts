import * as z from 'zod/mini';
import { auditVariables } from '../../core/environment/audit.ts';
import { readingVariables } from '../../core/environment/payload-reading.ts';

export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  QUARANTINE_TABLE_NAME: z.string().check(z.minLength(3)),
  CURSOR_SECRET_ARN: z.string().check(z.minLength(1)),
  /** Days until a webhook that still cannot be read after a replay is deleted. */
  QUARANTINE_RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
  ...auditVariables,
  ...readingVariables,
});
