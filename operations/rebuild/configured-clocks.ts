import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Clocks } from '../../core/domain/clocks/clocks.ts';
import { variableOf } from '../../core/domain/setting-variable.ts';
import { clocksOf, clockVariables } from '../../core/environment/clocks.ts';
import { object } from '../../core/reading/readers.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { clockSettings } from '../../lib/configuration/configuration.ts';
import { readDeployment } from '../../lib/configuration/deployment.ts';

/**
 * The clocks of the functions, or both would overwrite each other's due times: from cdk.json, except those whose variable is
 * set.
 */
export function configuredClocks(): Clocks {
  const { context } = z
    .object({ context: z.record(z.string(), z.unknown()).default({}) })
    .parse(JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')));
  const given = clockSettings.flatMap((name) => {
    const value = process.env[variableOf(name)];
    return value ? [[`redraw-tracker:${name}`, value] as const] : [];
  });
  const { configuration } = readDeployment({ ...context, ...Object.fromEntries(given) });
  const variables = Object.fromEntries(clockSettings.map((name) => [variableOf(name), configuration[name]]));
  return clocksOf(readOrThrow(object(clockVariables), variables));
}
