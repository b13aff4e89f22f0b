/** Lets through so many things a second, shared by all who ask. */
export interface Pace {
  /** Resolves when the next thing may be done. */
  next(): Promise<void>;
}

export interface Timer {
  /** Milliseconds, from whenever. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Evenly spaced, without catching up on what was not used. */
export function paceOf(perSecond: number, { now, sleep }: Timer): Pace {
  let free = now();
  return {
    async next() {
      const turn = Math.max(free, now());
      free = turn + 1_000 / perSecond;
      const wait = turn - now();
      if (wait > 0) await sleep(wait);
    },
  };
}
