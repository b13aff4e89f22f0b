/** The age of stream records, for comparison with the limits in the template. */
export interface RecordAge {
  /**
   * @param written when the record was written, ms since the epoch
   * @param failing whether the function has failed for it
   * @returns ms
   */
  of(written: number, failing: boolean): number;
  /** The function failed for the next records. */
  failed(): void;
  /** The function handled some records. */
  succeeded(): void;
}

/**
 * Measures the age in real time, but lets records that fail age `scale` times as fast: nobody wants to wait 12 hours on this
 * machine. Records that only wait for their turn do not age faster, however slow the machine is.
 * @param now ms since the epoch
 */
export function recordAge(scale: number, now: () => number = Date.now): RecordAge {
  let failingSince: number | undefined;
  return {
    of(written, failing) {
      const failed = failing && failingSince !== undefined ? now() - Math.max(failingSince, written) : 0;
      return now() - written + failed * (scale - 1);
    },
    failed() {
      failingSince ??= now();
    },
    succeeded() {
      failingSince = undefined;
    },
  };
}
