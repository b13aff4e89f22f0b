import { duration } from '../../core/environment/clocks.ts';
import { junctionVariables } from '../../core/environment/junction.ts';
import { projectionVariables } from '../../core/environment/projection.ts';
import { watchingVariables } from '../../core/environment/watching.ts';
import { nonEmpty, object } from '../../core/reading/readers.ts';

export const environment = object({
  /** The time from one sweep to the next. */
  SWEEP_EVERY: duration,
  /** The time from one poll of the changed orders to the next. */
  CHECK_UPDATES: duration,
  /** The time from one poll of the redraws that wait for a draw to the next. */
  CHECK_DRAWS: duration,
  ...projectionVariables,
  ...junctionVariables,
  ...watchingVariables,
  /** Where the one mail about what was there before goes, and where its links lead. */
  OPERATORS_TOPIC_ARN: nonEmpty,
  WORKLIST_URL: nonEmpty,
  CRITICAL_RESULTS_URL: nonEmpty,
  RUNBOOK_URL: nonEmpty,
});
