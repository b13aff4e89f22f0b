import { duration } from '../../core/environment/clocks.ts';
import { junctionVariables } from '../../core/environment/junction.ts';
import { projectionVariables } from '../../core/environment/projection.ts';
import { object } from '../../core/reading/readers.ts';

export const environment = object({
  /** The time from one sweep to the next. */
  SWEEP_EVERY: duration,
  /** The time from one poll of the changed orders to the next. */
  CHECK_UPDATES: duration,
  /** The time from one poll of the redraws that wait for a draw to the next. */
  CHECK_DRAWS: duration,
  ...projectionVariables,
  ...junctionVariables,
});
