/** Kept back for finishing what was begun (ms): one transaction with all its retries. */
const RESERVE = 45_000;
/** How long requests that a part began go on after its end (ms). */
const OVERRUN = 15_000;

/** What is left of a part's time. */
export interface PartTime {
  /** Whether there is time to begin another transaction, or another page. */
  readonly hasTime: () => boolean;
  /** The milliseconds that requests may take now. */
  readonly forRequests: () => number;
}

/**
 * Divides what is left of an invocation among the parts of a sweep. A part ends when this fraction of the whole has
 * passed, whatever came before it: what one part leaves over, the next ones have, and none can take it all.
 */
export function timeShares(remaining: () => number): (endsAt: number) => PartTime {
  const whole = remaining() - RESERVE;
  return (endsAt) => {
    const left = () => remaining() - RESERVE - whole * (1 - endsAt);
    return { hasTime: () => left() > 0, forRequests: () => left() + OVERRUN };
  };
}
