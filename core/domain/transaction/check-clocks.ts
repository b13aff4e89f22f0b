import type { CheckClocks } from '../clocks/clocks.ts';
import type { RedrawClocks } from '../clocks/redraw-clocks.ts';
import type { Milliseconds } from '../duration.ts';
import { earliest, type Instant, later, latest } from '../instant.ts';
import { followUpOf } from './follow-up.ts';
import type { Transaction } from './transaction.ts';

/** The longest time between two checks of a transaction that needs one (ms). */
const RECHECK = 86_400_000;
/** The time between two checks of a stalled order. There can be many that nobody ever cancels (ms). */
const RECHECK_ORDER = 7 * RECHECK;

/** The checks of a transaction since Junction's last answer about it. */
export interface UnansweredChecks {
  readonly count: number;
  /** When the first of them was; absent if that is not known. */
  readonly since?: Instant | undefined;
  /** The earliest time of the next check. */
  readonly retry_at: Instant;
}

/** Counts a check without an answer. The time to the next check doubles, up to a day. */
export function oneMoreUnanswered(
  before: UnansweredChecks | null,
  now: Instant,
  { diverging }: Pick<CheckClocks, 'diverging'>,
): UnansweredChecks {
  const count = (before?.count ?? 0) + 1;
  const since = before ? before.since : now;
  return { count, since, retry_at: later(now, Math.min(RECHECK, diverging * 2 ** (count - 1))) };
}

/**
 * When to ask Junction about a transaction: it differs from Junction's status, it has been silent, its redraw or its open
 * order is flagged, its missing markers are unknown, or a registered order was never reported. Null if there is nothing to ask.
 */
export function checkTime(
  transaction: Transaction,
  staleSince: Instant | null,
  checkedAt: Instant | null,
  clocks: CheckClocks & Pick<RedrawClocks, 'noOrder'>,
): Instant | null {
  const { updated_at: updated, status, diverges, markers_wanted_of, awaited_since: awaited } = transaction;
  // Without the time of any fact, the time of its first report counts.
  const changed = updated ?? transaction.heard_at;
  if (changed === null) return null;
  const asked = checkedAt !== null && checkedAt >= changed;
  const since = latest([changed, checkedAt]) ?? changed;
  return earliest([
    diverges ? later(since, asked ? RECHECK : clocks.diverging) : null,
    status === 'active' ? later(since, clocks.silent) : null,
    staleSince && later(latest([staleSince, checkedAt]) ?? staleSince, recheckOf(transaction)),
    markers_wanted_of && (asked ? later(since, RECHECK) : changed),
    awaited && nextCheck(later(awaited, clocks.noOrder), checkedAt),
  ]);
}

/** The time between two checks of what is flagged. */
function recheckOf(transaction: Transaction): Milliseconds {
  return followUpOf(transaction)?.of === 'order' ? RECHECK_ORDER : RECHECK;
}

/** The first check, or a day after the last one if that was later. */
function nextCheck(first: Instant, checkedAt: Instant | null): Instant {
  return checkedAt !== null && checkedAt >= first ? later(checkedAt, RECHECK) : first;
}
