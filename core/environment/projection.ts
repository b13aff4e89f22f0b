import { pauseBetweenWriters } from '../concurrency/retry.ts';
import { atLeast, type FieldsRead } from '../reading/readers.ts';
import { openTable } from '../store/table.ts';
import { reportDamaged } from '../telemetry/damaged-items.ts';
import { correlationId } from '../telemetry/invocation.ts';
import type { Projection } from '../use-cases/recompute.ts';
import { clocksOf, clockVariables } from './clocks.ts';
import { teamVariables } from './teams.ts';

/** What a function needs that recomputes or changes transactions. */
export const projectionVariables = {
  TABLE_NAME: atLeast(3),
  ...clockVariables,
  ...teamVariables,
};

/** The table, each write of which stores the correlation id of the invocation, and the clocks. */
export function projectionOf(env: FieldsRead<typeof projectionVariables>): Projection {
  return {
    table: openTable(env.TABLE_NAME, correlationId, reportDamaged),
    clocks: clocksOf(env),
    pause: pauseBetweenWriters,
  };
}
