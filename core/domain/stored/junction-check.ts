import { type Caller, isSameCaller } from '../caller.ts';
import { type Instant, latest } from '../instant.ts';

/** What caused the check: an API request, the sweep, a message about to be sent, or an ordering request. */
export const CHECK_ORIGINS = ['request', 'sweep', 'message', 'ordering'] as const;
export type CheckOrigin = (typeof CHECK_ORIGINS)[number];

/** The kinds of change that a check can find. */
export const CHECK_CHANGES = [
  /** The first report of an order. */
  'new_order',
  'status',
  'result_dates',
  'appointment',
  /** Which markers are missing from the results. Webhooks do not report them. */
  'missing_markers',
  /** The transaction that an order belongs to. */
  'transaction',
  'other',
] as const;
export type CheckChange = (typeof CHECK_CHANGES)[number];

/** A change to one order that a check found. */
export interface CheckedChange {
  readonly order_id: string;
  readonly change: CheckChange;
  /** The new low-level status; null if it did not change. */
  readonly status: string | null;
}

/** A check of a transaction that Junction answered. */
export interface JunctionCheck {
  readonly at: Instant;
  readonly origin: CheckOrigin;
  /** Who asked; null if no person or program did. */
  readonly caller: Caller | null;
  /** Empty if it found nothing new. */
  readonly changes: readonly CheckedChange[];
}

/** The most checks that a transaction keeps, and the most changes of one: every later write costs their size too. */
const MAX_CHECKS = 5;
const MAX_CHANGES = 10;

/** Whether a check found something that a webhook should have reported. */
export function isHealing(changes: readonly CheckedChange[]): boolean {
  return changes.some(({ change }) => change !== 'missing_markers');
}

/**
 * Appends a check, oldest first. A sweep's check that found nothing is not kept: `checked_at` has its time,
 * so that it costs nothing. Of consecutive checks by one caller that found nothing, only the last is kept.
 */
export function withCheck(
  checks: readonly JunctionCheck[] | undefined,
  check: JunctionCheck,
): readonly JunctionCheck[] | undefined {
  if (check.origin === 'sweep' && check.changes.length === 0) return checks;
  const before = checks ?? [];
  const last = before.at(-1);
  const kept = last && isRepeated(last, check) ? before.slice(0, -1) : before;
  return [...kept, { ...check, changes: check.changes.slice(0, MAX_CHANGES) }].slice(-MAX_CHECKS);
}

function isRepeated(last: JunctionCheck, { origin, caller, changes }: JunctionCheck): boolean {
  if (last.origin !== origin || last.changes.length + changes.length > 0) return false;
  return last.caller === null || caller === null ? last.caller === caller : isSameCaller(last.caller, caller);
}

/** The checks of a transaction that are known, newest first: those it keeps, and the last one of the sweep. */
export function knownChecks({
  checks = [],
  checked_at,
}: {
  readonly checks?: readonly JunctionCheck[] | undefined;
  readonly checked_at: Instant | null;
}): JunctionCheck[] {
  const kept = checks.toReversed();
  const newest = latest(kept.map(({ at }) => at));
  if (checked_at === null || (newest !== null && newest >= checked_at)) return kept;
  return [{ at: checked_at, origin: 'sweep', caller: null, changes: [] }, ...kept];
}
