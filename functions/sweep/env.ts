import * as z from 'zod/mini';
import { clockVariables, duration } from '../../core/environment/clocks.ts';

/** What the function is configured with. */
export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  JUNCTION_BASE_URL: z.url(),
  JUNCTION_API_KEY_ARN: z.string().check(z.minLength(1)),
  /** The only team whose redraws are counted, and whose orders taken in; none: every team whose webhooks come. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  /** From one sweep to the next. */
  SWEEP_EVERY: duration,
  /** From one look at all that Junction changed to the next. */
  CHECK_UPDATES: duration,
  ...clockVariables,
});
