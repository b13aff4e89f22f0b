import * as z from 'zod/mini';
import { auditVariables } from '../../core/environment/audit.ts';
import { duration } from '../../core/environment/clocks.ts';
import { projectionVariables } from '../../core/environment/projection.ts';

export const environment = z.object({
  CURSOR_SECRET_ARN: z.string().check(z.minLength(1)),
  /** The only team whose data the API shows; without it, the data of every team. */
  TEAM_ID: z.optional(z.string().check(z.minLength(1))),
  /** How long a critical result may wait for its acknowledgement. */
  CRITICAL_NO_ACKNOWLEDGEMENT: duration,
  ...projectionVariables,
  ...auditVariables,
});
