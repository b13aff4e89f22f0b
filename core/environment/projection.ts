import * as z from 'zod/mini';
import { pauseBetweenWriters } from '../concurrency/retry.ts';
import { openTable } from '../store/table.ts';
import { reportDamaged } from '../telemetry/damaged-items.ts';
import { correlationId } from '../telemetry/invocation.ts';
import type { Projection } from '../use-cases/recompute.ts';
import { clocksOf, clockVariables } from './clocks.ts';

/** What a function needs that recomputes or changes transactions. */
export const projectionVariables = {
  TABLE_NAME: z.string().check(z.minLength(3)),
  ...clockVariables,
};

/** The table, each write of which stores the correlation id of the invocation, and the clocks. */
export function projectionOf(env: z.output<z.ZodMiniObject<typeof projectionVariables>>): Projection {
  return {
    table: openTable(env.TABLE_NAME, correlationId, reportDamaged),
    clocks: clocksOf(env),
    pause: pauseBetweenWriters,
  };
}
