import { setTimeout as sleep } from 'node:timers/promises';

/** Waits after the attempt of this number, from 1, for at least `atLeast` ms, so that rivals do not meet again. */
export type Pause = (attempt: number, atLeast?: number) => Promise<void>;

const ATTEMPTS = 8;

/** Full jitter: a random part of `first` ms doubled with each attempt, at most `most` ms, added to `atLeast`. */
export const jitteredPause =
  (first: number, most: number): Pause =>
  (attempt, atLeast = 0) =>
    sleep(atLeast + Math.random() * Math.min(most, first * 2 ** attempt));

/** How long to step back from a rival writer. */
export const pauseBetweenWriters = jitteredPause(25, 1_000);

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
