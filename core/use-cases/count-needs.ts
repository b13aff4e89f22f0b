import type { Instant } from '../domain/instant.ts';
import { listMatchReviews } from '../store/match-reviews/match-review-reading.ts';
import { countEntries } from '../store/transactions/index-pages.ts';
import {
  byDecision,
  byDueTime,
  byStall,
  byUnflaggedDueTime,
  type TransactionList,
} from '../store/transactions/transaction-lists.ts';
import { openCriticalTimes } from './count-critical-results.ts';
import { isShown, type TeamContext } from './team-visibility.ts';

/** DynamoDB's limit of a batch read. */
const PAGE = 100;

/** How much needs a person, by `needsOf`, and the match reviews. Follow-ups make no difference. */
export interface NeedCounts {
  readonly overdue_redraws: number;
  readonly needs_decision: number;
  readonly stalled_orders: number;
  /** Since when each open critical result is open, longest open first. */
  readonly critical_times: readonly Instant[];
  readonly match_reviews: number;
}

/** Counts what needs a person among what is shown, by the entries of the lists that people work on. */
export async function countNeeds(shown: TeamContext, now: Instant): Promise<NeedCounts> {
  const [flagged, due, needs_decision, stalled_orders, critical_times, match_reviews] = await Promise.all([
    count(shown, byDueTime('stale')),
    // Redraws are flagged a few minutes after they are due, or later if Junction does not answer.
    count(shown, byUnflaggedDueTime(now)),
    count(shown, byDecision()),
    count(shown, byStall()),
    openCriticalTimes(shown, now),
    countMatchReviews(shown),
  ]);
  return { overdue_redraws: flagged + due, needs_decision, stalled_orders, critical_times, match_reviews };
}

/** How many redraws on the worklist are open, and how many of them are flagged as overdue. */
export async function countOpenRedraws(shown: TeamContext): Promise<{ open: number; stale: number }> {
  const [open, stale] = await Promise.all([
    count(shown, byDueTime('open')),
    count(shown, byDueTime('stale')),
  ]);
  return { open, stale };
}

const count = ({ table, teamId }: TeamContext, list: TransactionList) => countEntries(table, list, teamId);

async function countMatchReviews(shown: TeamContext): Promise<number> {
  let count = 0;
  let after: string | null = null;
  do {
    const { reviews, next } = await listMatchReviews(shown.table, 'open', {
      limit: PAGE,
      after,
      onlyCounted: true,
    });
    count += reviews.filter(({ team_id }) => isShown(shown, team_id)).length;
    after = next;
  } while (after !== null);
  return count;
}
