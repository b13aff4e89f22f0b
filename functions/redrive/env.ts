import * as z from 'zod/mini';
import { clockVariables, duration } from '../../core/environment/clocks.ts';

/** The environment variables of the function. */
export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  EVENT_BUS_NAME: z.string().check(z.minLength(1)),
  FAILURE_BUCKET_NAME: z.string().check(z.minLength(3)),
  /** The only team whose critical results are counted; without it, every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  /** How long a critical result may wait for its acknowledgement. */
  CRITICAL_NO_ACKNOWLEDGEMENT: duration,
  ...clockVariables,
});
