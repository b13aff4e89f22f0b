import { busVariables } from '../../core/environment/bus.ts';
import { duration } from '../../core/environment/clocks.ts';
import { projectionVariables } from '../../core/environment/projection.ts';
import { watchingVariables } from '../../core/environment/watching.ts';
import { atLeast, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  ...busVariables,
  ...watchingVariables,
  QUARANTINE_TABLE_NAME: atLeast(3),
  FAILURE_BUCKET_NAME: atLeast(3),
  /** The topics whose subscriptions are counted. */
  OPERATORS_TOPIC_ARN: nonEmpty,
  CRITICAL_RESULTS_TOPIC_ARN: nonEmpty,
  /** The only team whose critical results are counted; without it, every team. */
  TEAM_ID: optional(nonEmpty),
  /** How long a critical result may wait for its acknowledgement. */
  CRITICAL_NO_ACKNOWLEDGEMENT: duration,
  ...projectionVariables,
});
