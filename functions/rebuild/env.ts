import { projectionVariables } from '../../core/environment/projection.ts';
import { nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  ...projectionVariables,
  TEAM_ID: optional(nonEmpty),
});
