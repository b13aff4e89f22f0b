import * as z from 'zod/mini';
import { auditVariables } from '../../core/environment/audit.ts';

export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  JUNCTION_BASE_URL: z.url(),
  JUNCTION_API_KEY_ARN: z.string().check(z.minLength(1)),
  /** The only team whose data the API shows; without it, the data of every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  ...auditVariables,
});
