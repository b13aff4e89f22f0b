import * as z from 'zod/mini';
import { clockVariables } from '../../core/environment/clocks.ts';

/** What the function is configured with. */
export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  CURSOR_SECRET_ARN: z.string().check(z.minLength(1)),
  /** Days until a replayed body that is still not understood is deleted. */
  QUARANTINE_RETENTION_DAYS: z.coerce.number().check(z.int(), z.positive()),
  /** The only team to answer for; none: every team whose webhooks come. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  ...clockVariables,
});
