import type { Caller } from '../caller.ts';
import { type Instant, later, latest } from '../instant.ts';

/** A report of Junction that an order has a critical result. It holds no value. */
export interface CriticalResult {
  /** Whether the results are partial or final. */
  readonly status: string;
  /** When Junction last fetched the result from the lab; of an order's payload, the time of the result. */
  readonly updated_at: Instant;
  /** Whether the order's own payload says so, rather than the webhook about critical results. */
  readonly inOrder?: true;
}

export const TOLD_BY = ['phone', 'in_person', 'message'] as const;

/** Who was told of a critical result, and how. */
export interface CriticalNotice {
  /** The person who was told, as the caller names them. */
  readonly told: string;
  readonly channel: (typeof TOLD_BY)[number];
  /** Whether that person read it back. */
  readonly read_back: boolean;
}

/** A person's confirmation that they have seen the critical result of an order and told somebody who can act on it. */
export interface CriticalAcknowledgement extends CriticalNotice {
  /** The name that the caller gave. */
  readonly by: string;
  readonly at: Instant;
  /** Who made the request, by the token. */
  readonly caller: Caller;
  /** When the acknowledged result was opened. */
  readonly opened_at: Instant;
  /** Reports up to this time are acknowledged, also those that arrive later; null if only those already stored are. */
  readonly until: Instant | null;
}

/** What is stored about the critical result of an order. */
export interface CriticalRecord {
  readonly criticalResults: readonly CriticalResult[];
  /** When the first report arrived that is not acknowledged; null if there is none. */
  readonly criticalOpenedAt: Instant | null;
  /** The last acknowledgement; null if there was none. */
  readonly criticalAcknowledgement: CriticalAcknowledgement | null;
}

export const CRITICAL_STATES = ['open', 'acknowledged'] as const;
/** `open`: nobody has acknowledged it. */
export type CriticalState = (typeof CRITICAL_STATES)[number];

/** The state of an order's critical result; null if it has none. */
export function criticalState({ criticalResults, criticalOpenedAt }: CriticalRecord): CriticalState | null {
  if (criticalOpenedAt !== null) return 'open';
  return criticalResults.length > 0 ? 'acknowledged' : null;
}

/** The state of several orders together: open, if one of them is. */
export function combinedState(states: Iterable<CriticalState | null | undefined>): CriticalState | null {
  const all = new Set(states);
  return CRITICAL_STATES.find((state) => all.has(state)) ?? null;
}

/** The time of the latest report; null without one. */
export function latestCriticalAt(results: readonly CriticalResult[]): Instant | null {
  return latest(results.map(({ updated_at }) => updated_at));
}

/** The time of the latest report that nobody has acknowledged; null without one. */
export function unreadReportAt({ criticalResults, criticalAcknowledgement }: CriticalRecord): Instant | null {
  return latestCriticalAt(criticalResults.filter((one) => !isAcknowledged(one, criticalAcknowledgement)));
}

/** Junction's clock may be ahead of ours by this much (ms). */
const TOLERANCE = 3_600_000;

/**
 * The time up to which an acknowledgement made at `at` covers reports. A report from the future does not count, because
 * otherwise the acknowledgement would also cover future reports.
 */
export function acknowledgedUntil(results: readonly CriticalResult[], at: Instant): Instant | null {
  const horizon = later(at, TOLERANCE);
  return latestCriticalAt(results.filter(({ updated_at }) => updated_at <= horizon));
}

/** Whether a report says nothing new after an acknowledgement: who acknowledges has seen the results that the order had then. */
export function isAcknowledged(
  { updated_at, inOrder }: CriticalResult,
  acknowledgement: CriticalAcknowledgement | null,
): boolean {
  if (acknowledgement === null) return false;
  const covered = latest([acknowledgement.until, inOrder ? acknowledgement.at : null]);
  return covered !== null && updated_at <= covered;
}

/** Whether an order's payload says of a critical result what the order's record lacks. */
export function bringsCriticalResult(
  result: CriticalResult | undefined,
  { criticalResults }: CriticalRecord,
): boolean {
  return result !== undefined && !criticalResults.some((held) => isSameReport(held, result));
}

export function isSameReport(one: CriticalResult, other: CriticalResult): boolean {
  return one.updated_at === other.updated_at && one.status === other.status && one.inOrder === other.inOrder;
}
