import { messageVariables, sendingVariables } from '../../capabilities/messages/environment/messages.ts';
import { auditVariables } from '../../core/environment/audit-variables.ts';
import { duration } from '../../core/environment/clocks.ts';
import { junctionVariables } from '../../core/environment/junction.ts';
import { projectionVariables } from '../../core/environment/projection.ts';
import { watchingVariables } from '../../core/environment/watching.ts';
import { object } from '../../core/reading/readers.ts';

export const environment = object({
  /** The time from one scheduled run to the next. */
  MESSAGES_EVERY: duration,
  ...projectionVariables,
  ...auditVariables,
  ...junctionVariables,
  ...watchingVariables,
  ...messageVariables,
  ...sendingVariables,
});
