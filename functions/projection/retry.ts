import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before the attempt of this number, from 1, so that rivals do not meet again. */
export type Pause = (attempt: number) => Promise<void>;

const ATTEMPTS = 8;

/** Full jitter: a random part of 25 ms doubled with each attempt, at most 1 s. */
export const jitteredPause: Pause = (attempt) => sleep(Math.random() * Math.min(1_000, 25 * 2 ** attempt));

/** Tries again, from the reading on, what lost against another writer. */
export async function retryOnConflict<Outcome extends string>(
  pause: Pause,
  attempt: () => Promise<Outcome | 'conflict'>,
): Promise<Outcome> {
  for (let tried = 1; ; tried += 1) {
    const outcome = await attempt();
    if (outcome !== 'conflict') return outcome as Outcome;
    if (tried === ATTEMPTS) throw new Error(`another writer won ${ATTEMPTS} times in a row`);
    await pause(tried);
  }
}
