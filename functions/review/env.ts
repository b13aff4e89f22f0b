import * as z from 'zod/mini';

export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  EVENT_BUS_NAME: z.string().check(z.minLength(1)),
  /** The only team whose redraws are reviewed; without it, those of every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  WORKLIST_URL: z.string().check(z.minLength(1)),
  RUNBOOK_URL: z.string().check(z.minLength(1)),
  OPERATORS_TOPIC_ARN: z.string().check(z.minLength(1)),
});
