import { busVariables } from '../../core/environment/bus.ts';
import { atLeast, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  ...busVariables,
  /** The only team whose redraws are reviewed; without it, those of every team. */
  TEAM_ID: optional(nonEmpty),
  WORKLIST_URL: nonEmpty,
  RUNBOOK_URL: nonEmpty,
  OPERATORS_TOPIC_ARN: nonEmpty,
});
