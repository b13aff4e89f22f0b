import * as z from 'zod';
import type { Journey } from '../sandbox/journeys/journeys.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../sandbox/server.ts';
import { readJsonFile, replaceFile } from './files/atomic-file.ts';
import type { DataDirectory } from './files/data-directory.ts';
import type { Settings } from './settings.ts';

/** Where the sandbox sends what it is asked to send again. */
export interface WebhookEndpoint {
  url: string;
  secret: string;
}

export interface LocalJunction extends Sandbox {
  /** What its API knows. */
  journeys: Journey[];
}

const stateSchema = z.object({ since: z.coerce.date() });

/**
 * Starts the sandbox over the sample journeys, as they were when this data directory was first used: after a restart
 * its API must still tell of the journeys that the table holds. Where they are not `shown` and never were, it knows of none:
 * the sweep takes in whatever Junction lists.
 */
export async function startJunction(
  data: DataDirectory,
  journeysUntil: (now: Date) => Journey[],
  webhooks: WebhookEndpoint,
  now: Date,
  shown = true,
): Promise<LocalJunction> {
  const file = data.file('sandbox.json');
  // What a start that failed has noted was shown to nobody.
  const known = data.wasEmpty ? undefined : stateSchema.safeParse(readJsonFile(file)).data?.since;
  if (!known && !shown) return { ...(await startSandbox({ webhooks })), journeys: [] };
  const since = known ?? now;
  replaceFile(file, JSON.stringify({ since }));
  const journeys = journeysUntil(since);
  return { ...(await startSandbox({ journeys, webhooks })), journeys };
}

/** The key for Junction's API, null without one. The sandbox's fits the sandbox only. */
export function junctionKey({ junctionBaseUrl, junctionApiKey }: Settings): string | null {
  return (
    junctionApiKey ?? (junctionBaseUrl === undefined && junctionApiKey !== null ? SANDBOX_API_KEY : null)
  );
}

/** The values of the template's secrets that the settings know. Others stay as the template makes them. */
export function secretSettings(settings: Settings): Record<string, string[]> {
  const key = junctionKey(settings);
  return { WEBHOOK_SECRET: settings.webhookSecrets, ...(key !== null && { JUNCTION_API_KEY: [key] }) };
}
