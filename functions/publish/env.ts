import { busVariables } from '../../core/environment/bus.ts';
import { teamVariables } from '../../core/environment/teams.ts';
import { watchingVariables } from '../../core/environment/watching.ts';
import { atLeast, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  ...busVariables,
  ...watchingVariables,
  TABLE_NAME: atLeast(3),
  TEAM_ID: optional(nonEmpty),
  ...teamVariables,
});
