import { projectionVariables } from '../../core/environment/projection.ts';
import { changed, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  ...projectionVariables,
  TEAM_ID: optional(nonEmpty),
  /** The names of the capabilities that add to a rebuild, separated by commas. */
  CAPABILITIES: optional(changed(nonEmpty, (names) => names.split(','), 'no names')),
});
