import type { Instant } from '../instant.ts';
import { hasOpenCriticalResult, type WithCriticalResult } from './postponed.ts';
import { worklistEntryOf } from './worklist-entry.ts';

/** Why a transaction needs a person, the most urgent first. An open match review needs one too, and is of no transaction. */
export const NEEDS = ['critical_result', 'decision', 'overdue_redraw', 'stalled_order'] as const;
export type Need = (typeof NEEDS)[number];

type Needing = Parameters<typeof worklistEntryOf>[0] & WithCriticalResult;

/**
 * Why a transaction needs a person at `now`, the most urgent first; empty if it does not. This is the one definition
 * (docs/redraw-worklist.md, Something to do): the next step, the lists, the follow-ups, the counts and the mails follow it.
 */
export function needsOf(transaction: Needing, now: Instant): readonly Need[] {
  const listed = listedNeed(transaction, now);
  return [
    ...(hasOpenCriticalResult(transaction) ? (['critical_result'] as const) : []),
    ...(listed ? [listed] : []),
  ];
}

/** A transaction is in one worklist at most, so it has one of these needs at most. */
function listedNeed(transaction: Needing, now: Instant): Need | null {
  const entry = worklistEntryOf(transaction);
  switch (entry?.list) {
    case 'decisions':
      return 'decision';
    case 'stale_redraws':
      return 'overdue_redraw';
    // Its time has come, and the sweep has not flagged it yet.
    case 'watched_redraws':
      return entry.at !== null && entry.at <= now ? 'overdue_redraw' : null;
    case 'stalled_orders':
      return 'stalled_order';
    default:
      return null;
  }
}
