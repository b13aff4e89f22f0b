import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { QUICK } from '../aws/client-options.ts';
import { jitteredPause } from '../concurrency/retry.ts';
import type { Bus } from '../events/bus.ts';
import { type FieldsRead, nonEmpty, oneOf, optional } from '../reading/readers.ts';
import { ON_OFF } from './on-off.ts';

/** What a function needs that publishes events. */
export const busVariables = {
  EVENT_BUS_NAME: nonEmpty,
  /** What happens to events about what happened before the service watched. */
  HISTORICAL_EVENTS: oneOf(['marked', 'withheld']),
  /** Whether the deployment only watches. */
  WATCH_ONLY: oneOf(ON_OFF),
  /** Where the links of events lead: the dashboard, if there is one, and the API. */
  DASHBOARD_URL: optional(nonEmpty),
  API_URL: nonEmpty,
  SERVICE_VERSION: nonEmpty,
};

export function busOf(env: FieldsRead<typeof busVariables>): Bus {
  return {
    client: new EventBridgeClient(QUICK),
    name: env.EVENT_BUS_NAME,
    pause: jitteredPause(50, 2_000),
    withholdsHistory: env.HISTORICAL_EVENTS === 'withheld',
    watchOnly: env.WATCH_ONLY === 'on',
    version: env.SERVICE_VERSION,
    linkTo: { dashboard: env.DASHBOARD_URL ?? null, api: env.API_URL },
  };
}
