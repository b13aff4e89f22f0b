import * as z from 'zod/mini';
import { clockVariables, duration } from '../../core/environment/clocks.ts';
import { messageVariables, sendingVariables } from '../../core/environment/messages.ts';
import { readingVariables } from '../../core/environment/payload-reading.ts';

/** The environment variables of the function. */
export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  JUNCTION_BASE_URL: z.url(),
  JUNCTION_API_KEY_ARN: z.string().check(z.minLength(1)),
  /** The only team whose patients get messages; without it, every team's. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  /** The time from one scheduled run to the next. */
  MESSAGES_EVERY: duration,
  ...clockVariables,
  ...readingVariables,
  ...messageVariables,
  ...sendingVariables,
});
