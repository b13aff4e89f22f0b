import * as z from 'zod/mini';
import { clockVariables } from '../../core/environment/clocks.ts';

/** What the function is configured with. */
export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  JUNCTION_BASE_URL: z.url(),
  JUNCTION_API_KEY_ARN: z.string().check(z.minLength(1)),
  /** The only team to answer for; none: every team whose webhooks come. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  ...clockVariables,
});
