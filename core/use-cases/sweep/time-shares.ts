/** Time reserved for finishing one transaction with all its retries (ms). */
const RESERVE = 45_000;
/** How long the requests of a part can continue after its end (ms). */
const OVERRUN = 15_000;

/** The remaining time of a part. */
export interface PartTime {
  /** Whether there is time for another transaction or page. */
  readonly hasTime: () => boolean;
  /** The milliseconds that requests may take now. */
  readonly forRequests: () => number;
}

/**
 * Divides the remaining time of an invocation among the parts of a sweep. A part ends when its fraction of the whole time has
 * passed. The next parts get the time that a part does not use, and no part can use all of it.
 */
export function timeShares(remaining: () => number): (endsAt: number) => PartTime {
  const whole = remaining() - RESERVE;
  return (endsAt) => {
    const left = () => remaining() - RESERVE - whole * (1 - endsAt);
    return { hasTime: () => left() > 0, forRequests: () => left() + OVERRUN };
  };
}
