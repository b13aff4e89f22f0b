import * as z from 'zod/mini';
import { auditVariables } from '../../core/environment/audit.ts';
import { messageVariables } from '../../core/environment/messages.ts';

export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  EVENT_BUS_NAME: z.string().check(z.minLength(1)),
  /** The only team whose data the API shows; without it, the data of every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  ...messageVariables,
  ...auditVariables,
});
