import { auditVariables } from '../../core/environment/audit-variables.ts';
import { ON_OFF } from '../../core/environment/on-off.ts';
import { teamVariables } from '../../core/environment/teams.ts';
import { atLeast, nonEmpty, object, oneOf, optional, url } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  JUNCTION_BASE_URL: url,
  JUNCTION_API_KEY_ARN: nonEmpty,
  PATIENT_NAMES: oneOf(ON_OFF),
  /** The only team whose data the API shows; without it, the data of every team. */
  TEAM_ID: optional(nonEmpty),
  ...teamVariables,
  ...auditVariables,
});
