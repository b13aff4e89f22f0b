import * as z from 'zod';
import type { Journey } from '../sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/server.ts';
import { readJsonFile, replaceFile } from './files/atomic-file.ts';
import type { DataDirectory } from './files/data-directory.ts';
import type { LocalTeam, Settings } from './settings.ts';

export interface LocalJunction extends Sandbox {
  /** The journeys that its API returns. */
  journeys: Journey[];
}

const stateSchema = z.object({ since: z.coerce.date() });

/**
 * Starts the sandbox with the sample journeys as of the first use of the data directory: after a restart its API must
 * return the journeys that the table holds. It has no journeys if they were never `shown`, because the sweep stores the
 * orders that Junction lists.
 */
export async function startJunction(
  data: DataDirectory,
  journeysUntil: (now: Date) => Journey[],
  options: Pick<SandboxOptions, 'webhooks' | 'allowedHosts'>,
  now: Date,
  shown = true,
  teams: readonly LocalTeam[] = [],
): Promise<LocalJunction> {
  const file = data.file('sandbox.json');
  // A failed start did not show its journeys.
  const known = data.wasEmpty ? undefined : stateSchema.safeParse(readJsonFile(file)).data?.since;
  if (!known && !shown) return { ...(await startSandbox(ofTeams(options, [], teams))), journeys: [] };
  const since = known ?? now;
  replaceFile(file, JSON.stringify({ since }));
  const journeys = journeysUntil(since);
  return { ...(await startSandbox(ofTeams(options, journeys, teams))), journeys };
}

/** The options of the sandbox. Several teams have the journeys in turn, and each its own path and key. */
function ofTeams(
  options: Pick<SandboxOptions, 'webhooks' | 'allowedHosts'>,
  journeys: readonly Journey[],
  teams: readonly LocalTeam[],
): SandboxOptions {
  if (teams.length === 0) return { ...options, journeys: [...journeys] };
  const { webhooks, ...others } = options;
  return {
    ...others,
    teams: teams.map(({ id, apiKey, webhookSecret: secret }, at) => ({
      id,
      apiKey,
      journeys: journeys.filter((_, index) => index % teams.length === at),
      ...(webhooks && { webhooks: { url: webhooks.url.replace('{team_id}', id), secret } }),
    })),
  };
}

const inJson = (teams: readonly LocalTeam[], read: (team: LocalTeam) => string) =>
  JSON.stringify(Object.fromEntries(teams.map((team) => [team.id, read(team)])));

/** The key for Junction's API, or null. The key of the sandbox is for the sandbox only. */
export function junctionKey({ junctionBaseUrl, junctionApiKey }: Settings): string | null {
  return (
    junctionApiKey ?? (junctionBaseUrl === undefined && junctionApiKey !== null ? SANDBOX_API_KEY : null)
  );
}

/** The values of secrets that the settings give. */
export function secretSettings(settings: Settings): Record<string, string[]> {
  const key = junctionKey(settings);
  const { teams } = settings;
  if (teams.length > 0) {
    const keys = settings.junctionApiKey ?? inJson(teams, ({ apiKey }) => apiKey);
    return {
      WEBHOOK_SECRET: [inJson(teams, ({ webhookSecret }) => webhookSecret)],
      ...(key !== null && { JUNCTION_API_KEY: [keys], JUNCTION_WRITE_KEY: [keys] }),
    };
  }
  return {
    WEBHOOK_SECRET: settings.webhookSecrets,
    ...(key !== null && { JUNCTION_API_KEY: [key], JUNCTION_WRITE_KEY: [key] }),
  };
}
