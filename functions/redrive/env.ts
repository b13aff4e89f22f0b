import * as z from 'zod/mini';
import { duration } from '../../core/environment/clocks.ts';
import { projectionVariables } from '../../core/environment/projection.ts';

export const environment = z.object({
  EVENT_BUS_NAME: z.string().check(z.minLength(1)),
  QUARANTINE_TABLE_NAME: z.string().check(z.minLength(3)),
  FAILURE_BUCKET_NAME: z.string().check(z.minLength(3)),
  /** The topics whose subscriptions are counted. */
  OPERATORS_TOPIC_ARN: z.string().check(z.minLength(1)),
  CRITICAL_RESULTS_TOPIC_ARN: z.string().check(z.minLength(1)),
  /** The only team whose critical results are counted; without it, every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  /** How long a critical result may wait for its acknowledgement. */
  CRITICAL_NO_ACKNOWLEDGEMENT: duration,
  ...projectionVariables,
});
