import * as z from 'zod/mini';
import { auditVariables } from '../../core/environment/audit.ts';
import { projectionVariables } from '../../core/environment/projection.ts';

export const environment = z.object({
  CURSOR_SECRET_ARN: z.string().check(z.minLength(1)),
  /** The only team whose data the API shows; without it, the data of every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  ...projectionVariables,
  ...auditVariables,
});
