import * as z from 'zod/mini';
import { auditVariables } from '../../core/environment/audit.ts';
import { readingVariables } from '../../core/environment/payload-reading.ts';
import { projectionVariables } from '../../core/environment/projection.ts';

export const environment = z.object({
  JUNCTION_BASE_URL: z.url(),
  /** The secret with the key that may write. */
  JUNCTION_WRITE_KEY_ARN: z.string().check(z.minLength(1)),
  ...projectionVariables,
  ...auditVariables,
  ...readingVariables,
});
