import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { capabilitiesWith } from '../../capabilities/folders.ts';
import { rebuildParts } from '../../capabilities/rebuild-parts.ts';
import { paceOf } from '../../core/concurrency/pace.ts';
import { pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { variableOf } from '../../core/domain/setting-variable.ts';
import { clocksOf, clockVariables } from '../../core/environment/clocks.ts';
import { teamVariables } from '../../core/environment/teams.ts';
import { object } from '../../core/reading/readers.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { rebuildTable } from '../../core/use-cases/rebuild/rebuild-table.ts';
import { type Configuration, clockSettings } from '../../lib/configuration/configuration.ts';
import { readDeployment } from '../../lib/configuration/deployment.ts';
import { readTeamsFile } from '../../lib/configuration/teams-file.ts';
import { contextOf, type StageOptions } from '../command-line/options.ts';
import type { Work, Worked } from './rebuild-work.ts';

/** How long a change takes at most to reach the counters, unless the stream is behind (ms). */
const BETWEEN_COUNTS = 15_000;

/** Rebuilds a table that no function uses yet, with the settings of the stage that will. */
export async function rebuildDirectly(
  name: string,
  stage: StageOptions,
  { request, from, stop, onFinding, onProgress }: Work,
): Promise<Worked> {
  const { configuration } = readDeployment(contextOf(stage));
  const run = `rebuild-${randomUUID()}`;
  const table = openTable(name, () => run);
  try {
    return await rebuildTable(
      {
        context: {
          table,
          parts: await rebuildParts(capabilitiesWith('rebuild.ts')),
          clocks: clocksIn(configuration),
          pause: pauseBetweenWriters,
          dryRun: request.dry_run,
          now: () => Math.floor(Date.now() / 1_000),
          revisionsAbove: Math.ceil(Date.parse(request.restored_at ?? '1970-01-01T00:00:00Z') / 1_000),
        },
        teamId: configuration.teamId ?? null,
        teams: configuration.teams === undefined ? [] : readTeamsFile(configuration.teams),
        pauseBetweenCounts: () => sleep(BETWEEN_COUNTS),
        pace: paceOf(request.items_per_second, { now: () => performance.now(), sleep }),
        pageSize: Math.min(100, request.items_per_second),
        hasTime: () => !stop.aborted,
        onFinding,
        onProgress,
      },
      from,
    );
  } finally {
    table.client.destroy();
  }
}

/** The clocks of the functions, or both would overwrite each other's due times. */
function clocksIn(configuration: Configuration) {
  const { teams } = configuration;
  const variables: [string, string][] = clockSettings.map((name) => [variableOf(name), configuration[name]]);
  if (teams !== undefined) variables.push(['TEAMS', resolve(teams)]);
  return clocksOf(
    readOrThrow(object({ ...clockVariables, ...teamVariables }), Object.fromEntries(variables)),
  );
}
