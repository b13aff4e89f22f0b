import type { EventDetail } from '../../domain/events/domain-events.ts';
import type { Instant } from '../../domain/instant.ts';
import type { RedrawScope } from '../../domain/redraw/redraw-states.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import { byDueTime, listTransactions } from '../../store/transactions/transaction-lists.ts';
import { countNeeds } from '../count-needs.ts';
import { isShown, type TeamContext } from '../team-visibility.ts';

export type Review = EventDetail<'Redraw Review'>;

const PAGE = 100;
/** How many redraws an event lists: it holds 256 KB at most. */
const MAX_LISTED = 200;

/** Counts what needs a person, and lists the open redraws that are shown, or only the stale ones, most overdue first. */
export async function reviewRedraws(shown: TeamContext, scope: RedrawScope, now: Instant): Promise<Review> {
  const { table } = shown;
  const review: Review = {
    id: `review:${scope}:${now}`,
    correlation_id: table.correlationId?.() ?? null,
    time: now,
    scope,
    open: 0,
    stale: 0,
    acknowledged: 0,
    needs_decision: 0,
    stalled_orders: 0,
    overdue: 0,
    critical_results: 0,
    match_reviews: 0,
    redraws: [],
    left_out: 0,
  };
  let after: string | null = null;
  do {
    const page = await listTransactions(table, byDueTime(scope), { limit: PAGE, after });
    for (const transaction of page.transactions)
      if (isShown(shown, transaction.team_id)) add(review, transaction);
    after = page.next;
  } while (after !== null);
  const { overdue_redraws, needs_decision, stalled_orders, critical_times, match_reviews } = await countNeeds(
    shown,
    now,
  );
  const counted = { overdue: overdue_redraws, needs_decision, stalled_orders, match_reviews };
  return { ...review, ...counted, critical_results: critical_times.length };
}

function add(review: Review, { id, redraw, marks, assignment }: StoredTransaction): void {
  review.open += 1;
  if (marks.stale_since !== null) review.stale += 1;
  if (marks.acknowledgement) review.acknowledged += 1;
  if (review.redraws.length === MAX_LISTED) {
    review.left_out += 1;
    return;
  }
  review.redraws.push({
    transaction_id: id,
    order_id: redraw?.order_id ?? null,
    stage: redraw?.stage ?? '',
    due_at: redraw?.due_at ?? null,
    stale_since: marks.stale_since,
    acknowledged_by: marks.acknowledgement?.by ?? null,
    owner: assignment?.assignee ?? null,
  });
}
