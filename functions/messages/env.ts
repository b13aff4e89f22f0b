import * as z from 'zod/mini';
import { duration } from '../../core/environment/clocks.ts';
import { junctionVariables } from '../../core/environment/junction.ts';
import { messageVariables, sendingVariables } from '../../core/environment/messages.ts';
import { projectionVariables } from '../../core/environment/projection.ts';

export const environment = z.object({
  /** The time from one scheduled run to the next. */
  MESSAGES_EVERY: duration,
  ...projectionVariables,
  ...junctionVariables,
  ...messageVariables,
  ...sendingVariables,
});
