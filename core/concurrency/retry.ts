import { setTimeout as sleep } from 'node:timers/promises';

/** Waits after an attempt, numbered from 1, for at least `atLeast` ms. Jitter keeps writers from colliding again. */
export type Pause = (attempt: number, atLeast?: number) => Promise<void>;

const ATTEMPTS = 8;

/** Full jitter: a random part of `first` ms, doubled with each attempt up to `most` ms, added to `atLeast`. */
export const jitteredPause =
  (first: number, most: number): Pause =>
  (attempt, atLeast = 0) =>
    sleep(atLeast + Math.random() * Math.min(most, first * 2 ** attempt));

/** The pause after losing to another writer. */
export const pauseBetweenWriters = jitteredPause(25, 1_000);

/** Repeats an attempt, including its reads, while it loses to another writer. */
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

/** How an attempt that throws is repeated. */
export interface ErrorRetry {
  /** At most, the first included. */
  readonly attempts: number;
  readonly pause: Pause;
  /** Whether the error can be gone at the next attempt. Any other is thrown at once. */
  readonly isTransient: (error: unknown) => boolean;
}

/** Repeats an attempt while it throws a transient error. */
export async function retryOnError<Output>(
  { attempts, pause, isTransient }: ErrorRetry,
  attempt: () => Promise<Output>,
): Promise<Output> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error) || tried === attempts) throw error;
      await pause(tried);
    }
  }
}
