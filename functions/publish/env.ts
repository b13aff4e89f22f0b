import { atLeast, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  EVENT_BUS_NAME: nonEmpty,
  TABLE_NAME: atLeast(3),
  TEAM_ID: optional(nonEmpty),
});
