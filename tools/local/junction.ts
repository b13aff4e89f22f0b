import * as z from 'zod';
import type { Journey } from '../sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, type SandboxOptions, startSandbox } from '../sandbox/server.ts';
import { readJsonFile, replaceFile } from './files/atomic-file.ts';
import type { DataDirectory } from './files/data-directory.ts';
import type { Settings } from './settings.ts';

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
): Promise<LocalJunction> {
  const file = data.file('sandbox.json');
  // A failed start did not show its journeys.
  const known = data.wasEmpty ? undefined : stateSchema.safeParse(readJsonFile(file)).data?.since;
  if (!known && !shown) return { ...(await startSandbox(options)), journeys: [] };
  const since = known ?? now;
  replaceFile(file, JSON.stringify({ since }));
  const journeys = journeysUntil(since);
  return { ...(await startSandbox({ ...options, journeys })), journeys };
}

/** The key for Junction's API, or null. The key of the sandbox is for the sandbox only. */
export function junctionKey({ junctionBaseUrl, junctionApiKey }: Settings): string | null {
  return (
    junctionApiKey ?? (junctionBaseUrl === undefined && junctionApiKey !== null ? SANDBOX_API_KEY : null)
  );
}

/** The values of secrets that the settings give. */
export function secretSettings(settings: Settings): Record<string, string[]> {
  const key = junctionKey(settings);
  return {
    WEBHOOK_SECRET: settings.webhookSecrets,
    ...(key !== null && { JUNCTION_API_KEY: [key], JUNCTION_WRITE_KEY: [key] }),
  };
}
