import type { Milliseconds } from '../duration.ts';
import { earliest, type Instant, later, latest } from '../instant.ts';
import type { RedrawClocks } from '../redraw/redraw-clocks.ts';
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

/** The checks of a transaction since Junction's last answer about it. */
export interface UnansweredChecks {
  readonly count: number;
  /** Junction is not asked before. */
  readonly retry_at: Instant;
}

/** One more check without an answer: the time to the next one doubles, up to a day. */
export function oneMoreUnanswered(
  before: UnansweredChecks | null,
  now: Instant,
  { diverging }: Pick<CheckClocks, 'diverging'>,
): UnansweredChecks {
  const count = (before?.count ?? 0) + 1;
  return { count, retry_at: later(now, Math.min(AGAIN, diverging * 2 ** (count - 1))) };
}

/**
 * When to ask Junction about a transaction: it differs from Junction's word, it has been silent, its redraw was
 * flagged as stale, markers that its results miss are not known yet, or an order was registered and nothing was heard
 * of it since. Null where there is nothing to ask.
 */
export function checkTime(
  transaction: Transaction,
  staleSince: Instant | null,
  checkedAt: Instant | null,
  clocks: CheckClocks & Pick<RedrawClocks, 'noOrder'>,
): Instant | null {
  const { updated_at: updated, status, diverges, markers_wanted_of, awaited_since: awaited } = transaction;
  // Where no fact has a time, what counts is when it was heard of.
  const changed = updated ?? transaction.heard_at;
  if (changed === null) return null;
  const asked = checkedAt !== null && checkedAt >= changed;
  const since = latest([changed, checkedAt]) ?? changed;
  return earliest([
    diverges ? later(since, asked ? AGAIN : clocks.diverging) : null,
    status === 'active' ? later(since, clocks.silent) : null,
    staleSince && later(latest([staleSince, checkedAt]) ?? staleSince, AGAIN),
    markers_wanted_of && (asked ? later(since, AGAIN) : changed),
    awaited && nextAsk(later(awaited, clocks.noOrder), checkedAt),
  ]);
}

/** The first time, or, once asked after it, a day after the last. */
function nextAsk(first: Instant, checkedAt: Instant | null): Instant {
  return checkedAt !== null && checkedAt >= first ? later(checkedAt, AGAIN) : first;
}
