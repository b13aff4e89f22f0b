import type { Milliseconds } from './duration.ts';
import { earliest, type Instant, later, latest } from './instant.ts';
import type { Transaction } from './transaction.ts';

/** When a transaction is to be checked against Junction's API. */
export interface CheckClocks {
  /** How long Junction's word may differ from ours. */
  readonly diverging: Milliseconds;
  /** How long an active transaction may be silent. */
  readonly silent: Milliseconds;
}

/** How soon what was asked about without avail is asked about again (ms). */
const AGAIN = 86_400_000;

/**
 * When to ask Junction about a transaction: it differs from Junction's word, it has been silent, its redraw was
 * flagged as stale, or the markers its results miss are not known yet. Null where there is nothing to ask.
 */
export function checkTime(
  transaction: Transaction,
  staleSince: Instant | null,
  checkedAt: Instant | null,
  clocks: CheckClocks,
): Instant | null {
  const { updated_at: updated, status, diverges, redraw } = transaction;
  if (updated === null) return null;
  const asked = checkedAt !== null && checkedAt >= updated;
  const since = latest([updated, checkedAt]) ?? updated;
  return earliest([
    diverges ? later(since, asked ? AGAIN : clocks.diverging) : null,
    status === 'active' ? later(since, clocks.silent) : null,
    staleSince && later(latest([staleSince, checkedAt]) ?? staleSince, AGAIN),
    redraw?.markers_wanted_of && (asked ? later(since, AGAIN) : updated),
  ]);
}
