import type { Instant } from '../domain/instant.ts';
import { addCounts, type TransactionCounts } from '../domain/transaction/counts.ts';
import { needsOf } from '../domain/transaction/needs.ts';
import { listMatchReviews } from '../store/match-reviews/match-review-reading.ts';
import { readCounts } from '../store/transactions/counters.ts';
import { byUnflaggedDueTime, listTransactions } from '../store/transactions/transaction-lists.ts';
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

/** Counts what needs a person among what is shown, and all transactions. */
export async function countNeeds(shown: TeamContext, now: Instant): Promise<NeedCounts & TransactionCounts> {
  const [all, unflagged, critical_times, match_reviews] = await Promise.all([
    readCounts(shown.table),
    countUnflagged(shown, now),
    openCriticalTimes(shown, now),
    countMatchReviews(shown),
  ]);
  const counts = addCounts(all.filter(([{ team_id }]) => isShown(shown, team_id)));
  return { ...counts, overdue_redraws: counts.flagged_redraws + unflagged, critical_times, match_reviews };
}

/** Redraws are flagged a few minutes after they are due, or later if Junction does not answer. The counters know only those. */
async function countUnflagged(shown: TeamContext, now: Instant): Promise<number> {
  let count = 0;
  let after: string | null = null;
  do {
    const list = byUnflaggedDueTime(now);
    const { transactions, next } = await listTransactions(shown.table, list, { limit: PAGE, after });
    count += transactions.filter(
      (one) => isShown(shown, one.team_id) && needsOf(one, now).includes('overdue_redraw'),
    ).length;
    after = next;
  } while (after !== null);
  return count;
}

async function countMatchReviews(shown: TeamContext): Promise<number> {
  let count = 0;
  let after: string | null = null;
  do {
    const { reviews, next } = await listMatchReviews(shown.table, 'open', { limit: PAGE, after });
    count += reviews.filter(({ team_id }) => isShown(shown, team_id)).length;
    after = next;
  } while (after !== null);
  return count;
}
