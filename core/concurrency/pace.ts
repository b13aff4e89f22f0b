/** A rate limiter shared by concurrent callers. */
export interface Pace {
  /** Resolves when the caller may continue. */
  next(): Promise<void>;
}

export interface Timer {
  /** Milliseconds since any fixed time. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Spaces the calls evenly. It does not catch up on unused time. */
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
