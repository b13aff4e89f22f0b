import { auditVariables } from '../../core/environment/audit-variables.ts';
import { duration } from '../../core/environment/clocks.ts';
import { projectionVariables } from '../../core/environment/projection.ts';
import { nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  CURSOR_SECRET_ARN: nonEmpty,
  /** The only team whose data the API shows; without it, the data of every team. */
  TEAM_ID: optional(nonEmpty),
  /** How long a critical result may wait for its acknowledgement. */
  CRITICAL_NO_ACKNOWLEDGEMENT: duration,
  /** The token endpoint of programs, or the discovery document of the deployer's issuer. */
  TOKENS_FROM: nonEmpty,
  ...projectionVariables,
  ...auditVariables,
});
