import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

export const environment = z.object({
  EVENT_BUS_NAME: text,
  TABLE_NAME: z.string().check(z.minLength(3)),
  TEAM_ID: z.optional(text),
});
